/** Maintainers: brings the tables of prefixes and enterprise numbers up to date, and shows what that changes. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { printable } from '@ophav/shared/value'
import { readTable, writeTable, type Contents } from '../compact/table.ts'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { compareRegistries, type Change, type Difference } from './difference.ts'
import {
  enterpriseNumbersOf,
  prefixesOf,
  readEnterpriseNumbers,
  readPrefixes,
  type Registry,
} from './registry-row.ts'
import { packEnterpriseNumbers, packPrefixes } from './write-registry.ts'

/** Where Debian's package ipmitool puts IANA's list. */
const DEBIAN_LIST = '/usr/share/misc/enterprise-numbers.txt'

const USAGE = `npm run generate -w @ophav/oui -- [--enterprise-numbers FILE] [--prefix-date YYYY-MM-DD] [--dry-run] [--all]

Reads the IEEE prefixes from the package oui-data, and IANA's enterprise numbers from FILE: the list as IANA publishes
it (default: ${DEBIAN_LIST}, of Debian's package ipmitool, where it is there). Prints what changes: rows, and
for each maker how many it gains and loses.

  --prefix-date   the day on which the package oui-data was published (default: today)
  --dry-run       print the difference, write nothing
  --all           every row that changes, not only the first ones
`

const { values } = parseArgs({
  options: {
    'enterprise-numbers': { type: 'string' },
    'prefix-date': { type: 'string', default: new Date().toISOString().slice(0, 10) },
    'dry-run': { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) {
  process.stdout.write(USAGE)
  process.exit(0)
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const SHOWN = 12

const knowledge = shippedKnowledge()
const makerOf = (organisation: string): string => {
  const found = knowledge.organisation(organisation)
  return found?.entry ? knowledge.makerOfBrand(found.entry).name : (found?.name ?? organisation)
}

const describe = ({ key, before, after }: Change): string =>
  [key, ...[before, after].filter((name) => name !== null).map((name) => printable(name, 60))].join('  ')

const { default: registrations } = (await import('oui-data', { with: { type: 'json' } })) as {
  default: Record<string, string>
}
const { version } = JSON.parse(
  readFileSync(new URL('./package.json', import.meta.resolve('oui-data')), 'utf8'),
) as { version: string }
update({
  file: 'prefixes.bin',
  title: 'Prefixes',
  source: `oui-data ${version}`,
  date: values['prefix-date'],
  registry: readPrefixes(registrations),
  registryOf: prefixesOf,
  pack: packPrefixes,
})

const list = values['enterprise-numbers'] ?? (existsSync(DEBIAN_LIST) ? DEBIAN_LIST : null)
if (list === null)
  print(`Enterprise numbers: not touched, no list was given and ${DEBIAN_LIST} is not there.`)
else {
  const { date, registry } = readEnterpriseNumbers(readFileSync(list, 'utf8'))
  if (date === null) throw new Error(`${list} states no day; it is not IANA's list`)
  update({
    file: 'enterprise-numbers.bin',
    title: 'Enterprise numbers',
    source: 'IANA private enterprise numbers',
    date,
    registry,
    registryOf: enterpriseNumbersOf,
    pack: packEnterpriseNumbers,
  })
}

interface Update {
  file: string
  title: string
  source: string
  /** ISO. */
  date: string
  registry: Registry
  registryOf: (table: ReturnType<typeof readTable>) => Registry
  pack: (registry: Registry) => Contents
}

function update({ file, title, source, date, registry, registryOf, pack }: Update): void {
  const url = new URL(`../../data/${file}`, import.meta.url)
  const before = existsSync(url) ? readTable(url) : null
  print(
    `${title}: ${registry.size} rows of ${source}, ${date} (before: ${before?.source ?? 'nothing'}, ${before?.date ?? '-'})`,
  )
  show(compareRegistries(before ? registryOf(before) : new Map(), registry, makerOf))
  if (values['dry-run']) return print('  nothing written')
  const content = writeTable({ date, source }, pack(registry))
  writeFileSync(url, content)
  print(`  written: ${file}, ${content.length} octets`)
}

function show({ added, removed, renamed, makers }: Difference): void {
  print(`  ${added.length} new, ${removed.length} gone, ${renamed.length} under another name`)
  const shown = values.all ? Infinity : SHOWN
  for (const { maker, gained, lost } of makers.slice(0, shown))
    print(`  ${printable(maker, 40).padEnd(40)} ${`+${gained}`.padStart(6)} ${`-${lost}`.padStart(6)}`)
  if (makers.length > shown) print(`  and ${makers.length - shown} more makers (--all)`)
  for (const [sign, changes] of [
    ['+', added],
    ['-', removed],
    ['~', renamed],
  ] as const) {
    if (!values.all && sign === '+') continue
    for (const change of changes.slice(0, shown)) print(`  ${sign} ${describe(change)}`)
  }
}
