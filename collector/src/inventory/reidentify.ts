/** Identifies every device anew from stored facts, and says what changes before it changes. */
import type { Identity, Knowledge } from '@ophav/oui'
import type { Selectable } from 'kysely'
import { recordAudit } from '../access/audit.ts'
import { ShiftSum, type GroupKey, type GroupShift } from '../count/shift.ts'
import type { Db } from '../store/open.ts'
import type { DeviceTable } from '../store/table.ts'
import { serialIdentifier } from './identifier.ts'
import { insertIdentifier, type Conclusion } from './write.ts'
import { concludeDevice, drawConclusion, loadGround } from './conclude.ts'

export interface Change {
  device: number
  field: (typeof COMPARED)[number]
  before: string | null
  after: string | null
}

/** What a reader would notice. */
const COMPARED = [
  'maker',
  'brand',
  'model',
  'class',
  'hardware_type',
  'chinese',
  'country',
  'administration',
] as const

/** Devices in one go: memory stays flat, and with `apply` agents get their turn between two of them. */
const CHUNK = 500

export interface ReidentifyOrder {
  apply: boolean
  actor: string
  /** What is to be tried; what is in force, where absent. */
  knowledge?: Knowledge
}

export interface Reidentification {
  changes: Change[]
  /** What the changes do to the groups that figures count. */
  shifts: GroupShift[]
}

export async function reidentify(
  db: Db,
  { apply, actor, knowledge }: ReidentifyOrder,
): Promise<Reidentification> {
  const changes: Change[] = []
  const sum = new ShiftSum()
  for (let after = 0; ;) {
    const devices = await db
      .selectFrom('device')
      .selectAll()
      .where('merged_into', 'is', null)
      .where('id', '>', after)
      .orderBy('id')
      .limit(CHUNK)
      .execute()
    const last = devices.at(-1)
    if (!last) break
    await db.transaction().execute(async (tx) => {
      const ground = await loadGround(tx, knowledge)
      for (const before of devices) {
        const { identity, conclusion } = await drawConclusion(tx, before.id, ground)
        const changed = COMPARED.filter((field) => before[field] !== conclusion[field])
        for (const field of changed)
          changes.push({ device: before.id, field, before: before[field], after: conclusion[field] ?? null })
        sum.move(groupOf(before), groupOf(conclusion))
        if (apply && (changed.length > 0 || !(await isStored(tx, before.id, identity))))
          await concludeDevice(tx, before.id, ground)
        // A serial identifies with its maker: what is seen or listed from now on comes under the new name.
        if (apply && changed.includes('maker')) await nameSerial(tx, before.id, conclusion, ground.now)
      }
    })
    after = last.id
  }
  if (apply)
    await recordAudit(db, {
      actor,
      action: 'device.reidentify',
      subject: 'all',
      detail: { changes: changes.length },
    })
  return { changes, shifts: sum.shifts() }
}

type Counted = Pick<
  Selectable<DeviceTable>,
  'hardware_type' | 'administration' | 'chinese' | 'discovered' | 'registered' | 'critical'
>

/** Null for a device that Tabel 1 does not ask for. */
const groupOf = (row: { [Name in keyof Counted]?: Counted[Name] | undefined }): GroupKey | null =>
  typeof row.hardware_type === 'string' &&
  row.critical === 1 &&
  (row.discovered === 1 || row.registered === 1)
    ? {
        hardwareType: row.hardware_type,
        administration: row.administration ?? null,
        chinese: row.chinese ?? 'unknown',
        discovered: row.discovered === 1,
        registered: row.registered === 1,
      }
    : null

async function nameSerial(tx: Db, device: number, { maker, serial }: Conclusion, at: string): Promise<void> {
  const value = serialIdentifier(maker ?? null, serial ?? null)
  if (value !== null) await insertIdentifier(tx, { kind: 'serial', value, device, at })
}

/** Reasons and sources may differ where no column does; the day of asking is no difference. */
async function isStored(tx: Db, device: number, identity: Identity): Promise<boolean> {
  const row = await tx.selectFrom('identity').select('body').where('device', '=', device).executeTakeFirst()
  return row !== undefined && withoutDay(JSON.parse(row.body) as Identity) === withoutDay(identity)
}

const withoutDay = (identity: Identity): string =>
  JSON.stringify({ ...identity, origin: { ...identity.origin, asOf: '' } })
