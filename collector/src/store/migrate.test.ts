import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './open.ts'

let directory = ''
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'ophav-migrate-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

test('a database from before own rules gets a place for them, and keeps what it holds', async () => {
  const before = await openStore(directory)
  await sql`drop table override`.execute(before)
  await sql`delete from schema_version where version > 1`.execute(before)
  await before.insertInto('setting').values({ key: 'organisation.name', value: 'Prøven' }).execute()
  await before.destroy()
  const after = await openStore(directory)
  expect(await after.selectFrom('override').selectAll().execute()).toEqual([])
  expect(await after.selectFrom('setting').select('value').execute()).toEqual([{ value: 'Prøven' }])
  await after.destroy()
})
