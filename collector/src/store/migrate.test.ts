import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Db } from './open.ts'

let directory = ''
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ophav-migrate-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const schemaOf = async (db: Db): Promise<string[]> =>
  (
    await sql<{ sql: string }>`select sql from sqlite_master where sql is not null order by name`.execute(db)
  ).rows.map((row) => row.sql)

/** The tables that each version has brought. */
const BROUGHT: readonly (readonly [version: number, tables: readonly string[]])[] = [
  [2, ['override']],
  [3, ['network_table', 'sighting', 'link']],
]

/** The columns that a version has brought to older tables. */
const COLUMNS: readonly (readonly [version: number, table: string, column: string])[] = [
  [4, 'segment', 'safety'],
  [4, 'agent', 'activity'],
  [4, 'coverage', 'result'],
  [5, 'segment', 'mode'],
]

test.each([1, 2, 3, 4])(
  'a database of version %i becomes what a new one is, and keeps what it holds',
  async (version) => {
    const before = await openStore(directory)
    const schema = await schemaOf(before)
    for (const [later, tables] of BROUGHT)
      if (later > version)
        for (const table of tables) await sql`drop table ${sql.table(table)}`.execute(before)
    for (const [later, table, column] of COLUMNS)
      if (later > version)
        await sql`alter table ${sql.table(table)} drop column ${sql.ref(column)}`.execute(before)
    await sql`delete from schema_version where version > ${version}`.execute(before)
    await before.insertInto('setting').values({ key: 'organisation.name', value: 'Prøven' }).execute()
    await before.destroy()
    const after = await openStore(directory)
    expect(await schemaOf(after)).toEqual(schema)
    expect(await after.selectFrom('setting').select('value').execute()).toEqual([{ value: 'Prøven' }])
    await after.destroy()
  },
)

test('a database of a newer program is refused', async () => {
  const db = await openStore(directory)
  await sql`insert into schema_version (version, applied_at) values (9999, 'x')`.execute(db)
  await db.destroy()
  await expect(openStore(directory)).rejects.toMatchObject({ code: 'store.newer' })
})
