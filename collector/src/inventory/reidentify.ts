/** Identifies every device anew from stored facts, and says what changes before it changes. */
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import { concludeDevice, drawConclusion, loadGround } from './conclude.ts'

export interface Change {
  device: number
  field: (typeof COMPARED)[number]
  before: string | null
  after: string | null
}

/** What a reader would notice. */
const COMPARED = ['maker', 'brand', 'model', 'class', 'hardware_type', 'chinese', 'administration'] as const

/** Devices in one go: memory stays flat, and with `apply` agents get their turn between two of them. */
const CHUNK = 500

export async function reidentify(
  db: Db,
  { apply, actor }: { apply: boolean; actor: string },
): Promise<Change[]> {
  const changes: Change[] = []
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
      const ground = await loadGround(tx)
      for (const before of devices) {
        const { conclusion } = await drawConclusion(tx, before.id, ground)
        const changed = COMPARED.filter((field) => before[field] !== conclusion[field])
        for (const field of changed)
          changes.push({ device: before.id, field, before: before[field], after: conclusion[field] ?? null })
        if (apply && changed.length > 0) await concludeDevice(tx, before.id, ground)
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
  return changes
}
