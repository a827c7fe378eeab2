/** Tests of opening a spool: damaged, cut off, newer, out of reach. */
import { readdirSync, truncateSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MIGRATIONS } from './migration.ts'
import { codeOf, sighting, SpoolFixture, START } from './spool.testkit.ts'

const HERE = { segment: 'kamera', scan: 'scan-1' }

let fixture: SpoolFixture
beforeEach(() => void (fixture = new SpoolFixture()))
afterEach(() => fixture[Symbol.dispose]())

test('a damaged spool is set aside, a new one begins beyond every used number, and a third start is quiet', () => {
  const first = fixture.open()
  first.append(HERE, [sighting(1, 'a')])
  first.close()
  writeFileSync(fixture.path, 'this is no database, and long enough to be looked at as one'.repeat(100))
  const spool = fixture.open()
  expect(spool.setAside).toContain('spool.sqlite.damaged-')
  expect(readdirSync(fixture.directory)).toContain(spool.setAside?.split('/').at(-1))
  spool.append(HERE, [sighting(1, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(START)
  spool.renumber(7)
  expect(spool.nextBatch()?.sequence).toBe(7)
  spool.close()
  expect(fixture.open().setAside).toBeNull()
})

test('a spool cut off in its middle is set aside too', () => {
  const first = fixture.open()
  for (let round = 0; round < 20; round++)
    first.append(
      { segment: 'kamera', scan: `${round}` },
      Array.from({ length: 100 }, (_, device) => sighting(device, `${round}`)),
    )
  first.close()
  truncateSync(fixture.path, 40_960)
  expect(fixture.open().setAside).not.toBeNull()
})

test('the spool of a newer program is left alone', () => {
  fixture.open().close()
  const db = new Database(fixture.path)
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
  db.close()
  expect(codeOf(() => fixture.open())).toBe('store.newer')
})

test('a spool that cannot be opened says so', () => {
  expect(codeOf(() => fixture.open({ path: fixture.directory }))).toBe('spool.unreadable')
})
