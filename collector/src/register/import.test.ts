import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TestCollector } from '../server/collector.testkit.ts'
import { importRegister, type ImportReceipt } from './import.ts'
import { readMapping } from './mapping.ts'

let collector: TestCollector
beforeEach(async () => {
  collector = new TestCollector()
  await collector.open()
})
afterEach(() => collector.close())

const HEAD = 'Aktivnr;Serienummer;Producent;Model;Type;Forvaltning;Navn;MAC'
const row = (asset: number, more = '') =>
  `${asset};PF00000${asset};Lenovo;ThinkPad L14;Bærbar;SOF;Værksted ${asset}${more};`

function importList(content: string | Buffer, dryRun = false): Promise<ImportReceipt> {
  const path = join(collector.directory, 'liste.csv')
  writeFileSync(path, content)
  return importRegister(collector.db, {
    register: 'pc',
    path,
    mapping: readMapping('liste'),
    actor: 'test',
    dryRun,
  })
}

const codeOf = (content: string | Buffer) =>
  importList(content).then(
    () => 'taken',
    (error: { code?: string }) => error.code,
  )

const names = async () =>
  (await collector.db.selectFrom('register_entry').select('name').orderBy('asset').execute()).map(
    ({ name }) => name,
  )

test('semicolons, Windows-1252, a byte order mark and UTF-16 are read alike', async () => {
  const text = [HEAD, row(1), row(2)].join('\r\n')
  const files = [
    Buffer.from(text, 'latin1'),
    `\uFEFF${text}`,
    Buffer.from(`\uFEFF${text}`, 'utf16le'),
    text.replaceAll(';', ','),
    text.replaceAll(';', '\t'),
  ]
  for (const file of files) {
    expect(await importList(file)).toMatchObject({ rows: 2, rejected: 0, duplicates: 0 })
    expect(await names()).toEqual(['Værksted 1', 'Værksted 2'])
  }
})

test('wrong columns are named, and nothing changes', async () => {
  await importList([HEAD, row(1)].join('\n'))
  expect(await codeOf('Kolonne A;Kolonne B\n1;2')).toBe('register.column-missing')
  expect(await codeOf('')).toMatch(/^register\./)
  expect(await codeOf(Buffer.from([0, 1, 2, 3, 255, 254]))).toMatch(/^register\./)
  expect(await names()).toEqual(['Værksted 1'])
})

test('the same device twice counts once, and is told with its line', async () => {
  const receipt = await importList([HEAD, row(1), row(1), row(2)].join('\n'))
  expect(receipt).toMatchObject({ rows: 3, added: 2, duplicates: 1 })
  expect(receipt.problems).toEqual([{ line: 3, problem: expect.any(String) as string }])
})

test('the same file again changes nothing; what a newer list lacks is gone', async () => {
  const list = [HEAD, row(1), row(2)].join('\n')
  await importList(list)
  expect(await importList(list)).toMatchObject({ repeated: true })
  expect(await importList([HEAD, row(2), row(3)].join('\n'))).toMatchObject({
    added: 1,
    unchanged: 1,
    gone: 1,
  })
  expect(await names()).toEqual(['Værksted 2', 'Værksted 3'])
})

test('a dry run reads everything and changes nothing', async () => {
  expect(await importList([HEAD, row(1)].join('\n'), true)).toMatchObject({ rows: 1 })
  expect(await names()).toEqual([])
})

test('any octets are taken or refused with a code: never half applied', async () => {
  await importList([HEAD, row(1)].join('\n'))
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (noise) => {
      const broken = Buffer.concat([Buffer.from(`${HEAD}\n${row(7)}\n`), Buffer.from(noise)])
      const code = await codeOf(broken)
      const rows = await names()
      expect(code === 'taken' ? rows.length >= 1 : code?.startsWith('register.') && rows.length > 0).toBe(
        true,
      )
    }),
    { numRuns: 40 },
  )
})
