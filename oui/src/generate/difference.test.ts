import { expect, test } from 'vitest'
import { readTable, writeTable } from '../compact/table.ts'
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { compareRegistries } from './difference.ts'
import {
  enterpriseNumbersOf,
  prefixesOf,
  readEnterpriseNumbers,
  readPrefixes,
  type Registry,
} from './registry-row.ts'
import { packEnterpriseNumbers, packPrefixes } from './write-registry.ts'

const firstWord = (organisation: string) => organisation.split(' ', 1)[0] ?? ''

test('a difference names the rows, and the makers that gain and lose', () => {
  const before = new Map([
    ['000001', 'Axis AB'],
    ['000002', 'Axis AB'],
    ['000003', 'Bosch'],
    ['000004', 'Cisco Inc'],
  ])
  const after = new Map([
    ['000001', 'Axis Communications'],
    ['000002', 'Bosch'],
    ['000003', 'Bosch'],
    ['000005', 'Bosch'],
  ])
  expect(compareRegistries(before, after, firstWord)).toEqual({
    added: [{ key: '000005', before: null, after: 'Bosch' }],
    removed: [{ key: '000004', before: 'Cisco Inc', after: null }],
    renamed: [
      { key: '000001', before: 'Axis AB', after: 'Axis Communications' },
      { key: '000002', before: 'Axis AB', after: 'Bosch' },
    ],
    makers: [
      { maker: 'Bosch', gained: 2, lost: 0 },
      { maker: 'Axis', gained: 0, lost: 1 },
      { maker: 'Cisco', gained: 0, lost: 1 },
    ],
  })
})

test('IANA’s list is read with its day, its numbers and its organisations', () => {
  const text =
    '(last updated 2024-05-16)\n\nDecimal\n| Organization\n0\n  Reserved\n    IANA\n      iana&iana.org\n9\n  ciscoSystems\n    Dave\n      d&c.com\n'
  expect(readEnterpriseNumbers(text)).toEqual({
    date: '2024-05-16',
    registry: new Map([
      ['0', 'Reserved'],
      ['9', 'ciscoSystems'],
    ]),
  })
})

test('what is written to a table is read from it again', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-table-'))
  const through = (contents: ReturnType<typeof packPrefixes>) => {
    const file = join(directory, 'table.bin')
    writeFileSync(file, writeTable({ date: '2026-01-01', source: 'test' }, contents))
    return readTable(pathToFileURL(file))
  }
  const sorted = (registry: Registry) => [...registry].sort()
  const name = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.trim() || 'x')
  const prefix = fc
    .constantFrom(6, 7, 9)
    .chain((length) =>
      fc
        .array(fc.constantFrom(...'0123456789ABCDEF'), { minLength: length, maxLength: length })
        .map((digits) => digits.join('')),
    )
  try {
    fc.assert(
      fc.property(
        fc.dictionary(prefix, name),
        fc.dictionary(fc.nat(2 ** 31).map(String), name),
        (prefixes, numbers) => {
          const registry = readPrefixes(prefixes)
          const list = new Map(Object.entries(numbers))
          expect(sorted(prefixesOf(through(packPrefixes(registry))))).toEqual(sorted(registry))
          expect(sorted(enterpriseNumbersOf(through(packEnterpriseNumbers(list))))).toEqual(sorted(list))
        },
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 50) },
    )
  } finally {
    rmSync(directory, { recursive: true })
  }
})
