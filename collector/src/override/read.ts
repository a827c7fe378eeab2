/** Which versions of the organisation's own rules there are, and which is in force. */
import { OphavError, type Override } from '@ophav/shared'
import type { Selectable } from 'kysely'
import type { Db } from '../store/open.ts'
import type { OverrideTable } from '../store/table.ts'

export type Version = Omit<Selectable<OverrideTable>, 'body'>

const selectVersions = (db: Db) =>
  db
    .selectFrom('override')
    .select([
      'id',
      'imported_at',
      'imported_by',
      'file_name',
      'sha256',
      'accepted',
      'applied_at',
      'withdrawn_at',
      'withdrawn_by',
    ])

/** The newest that is not withdrawn. */
export const versionInForce = (db: Db): Promise<Version | undefined> =>
  selectVersions(db).where('withdrawn_at', 'is', null).orderBy('id', 'desc').limit(1).executeTakeFirst()

/** The newest first. */
export const listVersions = (db: Db): Promise<Version[]> => selectVersions(db).orderBy('id', 'desc').execute()

/** As it was checked when it was taken. @throws OphavError `rule.unknown` */
export async function readVersion(db: Db, id: number): Promise<Override> {
  const row = await db.selectFrom('override').select('body').where('id', '=', id).executeTakeFirst()
  if (!row) throw new OphavError('rule.unknown', { version: id })
  return JSON.parse(row.body) as Override
}

/** How many rules of each kind. */
export const countRules = ({ makers, prefixes, ownership, fingerprints, silence }: Override) => ({
  makers: makers?.length ?? 0,
  prefixes: prefixes?.length ?? 0,
  ownership: ownership?.length ?? 0,
  fingerprints: fingerprints?.length ?? 0,
  silence: silence?.length ?? 0,
})
