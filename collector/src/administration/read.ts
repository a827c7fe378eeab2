/** The administrations (forvaltninger) by which the tables count. */
import { OphavError } from '@ophav/shared'
import type { Selectable } from 'kysely'
import type { Db } from '../store/open.ts'
import type { AdministrationTable } from '../store/table.ts'

export type Administration = Selectable<AdministrationTable>

export const listAdministrations = (db: Db): Promise<Administration[]> =>
  db.selectFrom('administration').selectAll().orderBy('position').orderBy('key').execute()

/** @throws OphavError `administration.unknown` */
export async function findAdministration(db: Db, key: string): Promise<Administration> {
  const row = await db.selectFrom('administration').selectAll().where('key', '=', key).executeTakeFirst()
  if (!row) throw new OphavError('administration.unknown', { administration: key })
  return row
}
