/** Own rules in a collector that serves: what they change is known before, holds at once, and can be taken back. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findIdentity } from '../inventory/conclude.ts'
import { importRegister } from '../register/import.ts'
import { readTabel1 } from '../report/read.ts'
import { sighting, TestCollector } from '../server/collector.testkit.ts'
import { openStore, type Db } from '../store/open.ts'
import { previewEffect } from './preview.ts'
import { listVersions, readVersion, versionInForce } from './read.ts'
import { checkFile, usableOf } from './read-file.ts'
import { importOverride, withdrawOverride } from './write.ts'

let collector: TestCollector
/** As a command opens it: another connection than the server's. */
let db: Db
beforeEach(async () => {
  collector = new TestCollector()
  await collector.open()
  db = await openStore(collector.directory)
})
afterEach(async () => {
  await db.destroy()
  await collector.close()
})

const file = (rules: string, name = 'rules.yaml') => {
  const path = join(collector.directory, name)
  writeFileSync(path, `format: ophav.rules/1\n${rules}`)
  return checkFile(path)
}
const take = (rules: string, acceptChanges = false) =>
  importOverride(db, { file: file(rules), acceptChanges, actor: 'anna' })
const cameras = async () =>
  (await readTabel1(db, 'da')).rows.find(({ key }) => key === 'surveillance-camera')?.total

/** Two by their text, one that only its prefix names. */
const deliver = () =>
  collector.deliver(
    collector.envelope(1, [
      sighting(1, 'Hikvision Network Camera DS-2CD2143G2-I'),
      sighting(2, 'Hikvision Network Camera DS-2CD2143G2-I'),
      sighting(3, 'AXIS P3225-LV Network Camera', {
        subject: { address: '10.0.0.3', mac: 'ac:cc:8e:00:00:03' },
      }),
    ]),
  )

const AXIS_SOLD = `ownership: [{maker: Axis, periods: [{owner: X, country: CN, source: sag 7}]}]`
const audited = () =>
  db.selectFrom('audit').selectAll().where('action', 'like', 'rule.%').orderBy('id').execute()

describe('rules that are imported', () => {
  test('change past observations and Tabel 1, withdrawing brings the old figures back, both are audited', async () => {
    await deliver()
    expect(await cameras()).toBe(2)
    const preview = await previewEffect(db, usableOf(file(AXIS_SOLD)).knowledge, 'anna')
    expect(await cameras()).toBe(2)
    expect(preview.figures).toEqual([
      { hardwareType: 'surveillance-camera', administration: 'SOF', before: 2, after: 3 },
    ])
    expect(preview.changes).toContainEqual({ device: 3, field: 'chinese', before: 'no', after: 'yes' })

    const taken = await take(AXIS_SOLD)
    expect(taken.effect).toEqual(preview)
    expect(await cameras()).toBe(3)
    expect((await findIdentity(db, 3)).origin).toMatchObject({ own: true, sources: ['sag 7'] })

    const withdrawn = await withdrawOverride(db, 'bo')
    expect(withdrawn.version).toBeNull()
    expect(await cameras()).toBe(2)
    expect((await findIdentity(db, 3)).origin).not.toHaveProperty('own')
    expect((await audited()).map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      'anna rule.import 1',
      'anna rule.apply 1',
      'bo rule.withdraw 1',
      'bo rule.apply none',
    ])
    const applied = (await audited()).map(({ detail }) => JSON.parse(detail) as { figures?: object[] })
    expect(applied[1]?.figures).toMatchObject([{ before: 2, after: 3 }])
    expect(applied[3]?.figures).toMatchObject([{ before: 3, after: 2 }])
  })

  test('hold in a running server for the next batch, and for the next register', async () => {
    await take("prefixes: [{prefix: '00:50:b6', maker: Dahua}]")
    const bare = sighting(9, '-', { subject: { address: '10.0.0.9', mac: '00:50:b6:00:00:09' } })
    await collector.deliver(
      collector.envelope(1, [{ ...bare, evidence: [{ kind: 'mac', value: '00:50:b6:00:00:09' }] } as never]),
    )
    expect(await findIdentity(db, 1)).toMatchObject({
      maker: 'Dahua',
      reasons: [{ own: true }, { field: 'withheld' }],
    })
    const list = join(collector.directory, 'list.csv')
    writeFileSync(list, 'Aktiv;MAC;Model\nA1;00:50:B6:00:00:0A;kasse\n')
    await importRegister(collector.db, {
      register: 'r',
      path: list,
      mapping: { columns: { asset: 'Aktiv', mac: 'MAC', model: 'Model' } },
      actor: 'anna',
    })
    expect((await findIdentity(db, 2)).maker).toBe('Dahua')
  })

  test('replace one another, and the version before holds again when the newest is withdrawn', async () => {
    await deliver()
    await take(AXIS_SOLD)
    await take('silence: [{maker: Hikvision}]', true)
    expect(await cameras()).toBe(0)
    expect((await versionInForce(db))?.id).toBe(2)
    expect((await withdrawOverride(db, 'anna')).version?.id).toBe(1)
    expect(await cameras()).toBe(3)
    expect(await readVersion(db, 2)).toMatchObject({ silence: [{ maker: 'Hikvision' }] })
    expect((await listVersions(db)).map(({ id, accepted }) => [id, accepted > 0])).toEqual([
      [2, true],
      [1, false],
    ])
  })

  test('that are in force already are no new version', async () => {
    await take(AXIS_SOLD)
    expect(await take(AXIS_SOLD)).toMatchObject({ repeated: true, version: { id: 1 } })
    expect((await audited()).length).toBe(2)
  })

  test('whose import was interrupted are applied by importing them again', async () => {
    await deliver()
    await take(AXIS_SOLD)
    await db.updateTable('override').set({ applied_at: null }).execute()
    await db.updateTable('device').set({ chinese: 'no' }).where('id', '=', 3).execute()
    expect((await take(AXIS_SOLD)).version).toMatchObject({ id: 1 })
    expect(await cameras()).toBe(3)
  })
})

test('stored rules that this program cannot read stop identification, until they are withdrawn', async () => {
  await take(AXIS_SOLD)
  const version = { imported_at: '', imported_by: 'x', file_name: 'x', sha256: 'x', body: '{}', accepted: 0 }
  await db.insertInto('override').values(version).execute()
  expect(await deliver()).toMatchObject({ status: 503, code: 'rule.stored-unreadable' })
  await withdrawOverride(db, 'anna')
  expect(await deliver()).toMatchObject({ status: 200 })
  expect(await cameras()).toBe(3)
})

test('a device whose maker the rules change is found by its serial under the new name', async () => {
  const list = join(collector.directory, 'list.csv')
  writeFileSync(list, 'A;Producent;Serie\nA1;Nordvagt;SN-778812\n')
  const columns = { asset: 'A', maker: 'Producent', serial: 'Serie' }
  await importRegister(db, { register: 'r', path: list, mapping: { columns }, actor: 'anna' })
  await take('makers: [{name: Nordvagt, of: Hikvision}]')
  const document =
    '<DeviceInfo><manufacturer>Nordvagt</manufacturer><serialNumber>SN-778812</serialNumber></DeviceInfo>'
  const seen = sighting(4, '', { evidence: [{ kind: 'hikvision.isapi.deviceInfo', value: document }] })
  await collector.deliver(collector.envelope(1, [seen]))
  const devices = await db.selectFrom('device').selectAll().where('merged_into', 'is', null).execute()
  expect(devices).toMatchObject([{ maker: 'Hikvision', discovered: 1, registered: 1 }])
})

describe('rules that are refused', () => {
  test('change nothing: faults, and shipped examples that nobody accepted', async () => {
    await deliver()
    await expect(take('silence: [{word: nosuchword}]')).rejects.toMatchObject({ code: 'rule.invalid' })
    await expect(take('silence: [{maker: Hikvision}]')).rejects.toMatchObject({
      code: 'rule.changes-shipped',
    })
    expect(await listVersions(db)).toEqual([])
    expect(await cameras()).toBe(2)
    expect(await audited()).toEqual([])
    await expect(withdrawOverride(db, 'anna')).rejects.toMatchObject({ code: 'rule.none-in-force' })
  })
})

test('the page of a device says which reasons are the organisation’s own', async () => {
  await deliver()
  const page = async () =>
    (await collector.app.inject({ url: '/devices/1?lang=da', headers: { host: '127.0.0.1' } })).body
  expect(await page()).not.toContain('gen regel')
  await take("prefixes: [{prefix: '44:19:b6', maker: Axis}]\nsilence: [{word: Hikvision}]", true)
  expect(await page()).toMatch(/<em>Sat ud af kraft af en egen regel:<\/em>.*nævner Hikvision/)
  expect(await page()).toMatch(/<em>Egen regel:<\/em> modellen/)
})
