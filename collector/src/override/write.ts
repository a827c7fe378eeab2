/** Takes rules into force and out of it, and identifies everything anew with what is then known. */
import { createHash } from 'node:crypto'
import { OphavError } from '@ophav/shared'
import { recordAudit } from '../access/audit.ts'
import { readDeviceGroups } from '../count/read.ts'
import { reidentify } from '../inventory/reidentify.ts'
import { storeError, type Db } from '../store/open.ts'
import { compareCounts, type Effect } from './preview.ts'
import { countRules, versionInForce, type Version } from './read.ts'
import { usableOf, type CheckedFile } from './read-file.ts'

export interface Taken {
  /** The version now in force; null where none is left. */
  version: Version | null
  /** Whether the very same rules were in force, and had been applied, before. */
  repeated: boolean
  effect: Effect
}

const NOTHING: Effect = { changes: [], figures: [], remainders: [] }

/**
 * A version is stored with its audit in one step; then every past observation is identified with it. An import that
 * was interrupted is ended by importing the same file again.
 * @throws OphavError `rule.invalid`, `rule.changes-shipped`, `store.full`, `store.busy`
 */
export async function importOverride(
  db: Db,
  { file, acceptChanges, actor }: { file: CheckedFile; acceptChanges: boolean; actor: string },
): Promise<Taken> {
  const { override } = usableOf(file)
  if (file.changes.length > 0 && !acceptChanges)
    throw new OphavError('rule.changes-shipped', { file: file.fileName, examples: file.changes.length })
  const body = JSON.stringify(override)
  const sha256 = createHash('sha256').update(body).digest('hex')
  try {
    const before = await versionInForce(db)
    const isSame = before?.sha256 === sha256
    if (before && isSame && before.applied_at !== null)
      return { version: before, repeated: true, effect: NOTHING }
    if (!isSame)
      await db.transaction().execute(async (tx) => {
        const { id } = await tx
          .insertInto('override')
          .values({
            imported_at: new Date().toISOString(),
            imported_by: actor,
            file_name: file.fileName,
            sha256,
            body,
            accepted: file.changes.length,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        await recordAudit(tx, {
          actor,
          action: 'rule.import',
          subject: String(id),
          detail: {
            file: file.fileName,
            sha256,
            rules: countRules(override),
            acceptedChanges: file.changes.length,
            replaces: before?.id ?? null,
          },
        })
      })
    return await applyInForce(db, actor)
  } catch (cause) {
    throw storeError(cause)
  }
}

/** @throws OphavError `rule.none-in-force`, `store.full`, `store.busy` */
export async function withdrawOverride(db: Db, actor: string): Promise<Taken> {
  try {
    await db.transaction().execute(async (tx) => {
      const version = await versionInForce(tx)
      if (!version) throw new OphavError('rule.none-in-force')
      await tx
        .updateTable('override')
        .set({ withdrawn_at: new Date().toISOString(), withdrawn_by: actor })
        .where('id', '=', version.id)
        .execute()
      const next = await versionInForce(tx)
      await recordAudit(tx, {
        actor,
        action: 'rule.withdraw',
        subject: String(version.id),
        detail: { sha256: version.sha256, inForce: next?.id ?? null },
      })
    })
    return await applyInForce(db, actor)
  } catch (cause) {
    throw storeError(cause)
  }
}

async function applyInForce(db: Db, actor: string): Promise<Taken> {
  const groups = await readDeviceGroups(db)
  const { changes, shifts } = await reidentify(db, { apply: true, actor })
  const counts = await compareCounts(db, groups, shifts)
  const version = (await versionInForce(db)) ?? null
  const applied_at = new Date().toISOString()
  await db.transaction().execute(async (tx) => {
    if (version) await tx.updateTable('override').set({ applied_at }).where('id', '=', version.id).execute()
    await recordAudit(tx, {
      actor,
      action: 'rule.apply',
      subject: version === null ? 'none' : String(version.id),
      detail: {
        devices: new Set(changes.map(({ device }) => device)).size,
        changes: changes.length,
        figures: counts.figures,
      },
    })
  })
  return { version: version && { ...version, applied_at }, repeated: false, effect: { changes, ...counts } }
}
