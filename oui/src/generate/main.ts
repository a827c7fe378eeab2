/** Maintainers: brings the prefix and enterprise-number tables up to date and shows what has changed. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { packTexts, readTable, writeTable } from '../compact/table.ts'

const USAGE = `npm run generate -w @ophav/oui -- [--enterprise-numbers FILE] [--date YYYY-MM-DD]

Reads the IEEE prefixes from the package oui-data, and IANA's enterprise numbers from FILE: the list as IANA
publishes it (Debian's package ipmitool ships one), or lines of a number, a tab and a name.
`

const { values } = parseArgs({
  options: {
    'enterprise-numbers': { type: 'string' },
    date: { type: 'string', default: new Date().toISOString().slice(0, 10) },
    help: { type: 'boolean', short: 'h' },
  },
})
if (values.help) {
  process.stdout.write(USAGE)
  process.exit(0)
}

const dataUrl = (name: string): URL => new URL(`../../data/${name}`, import.meta.url)

await writePrefixes()
if (values['enterprise-numbers'] !== undefined) writeEnterpriseNumbers(values['enterprise-numbers'])

async function writePrefixes(): Promise<void> {
  const { default: registrations } = (await import('oui-data', { with: { type: 'json' } })) as {
    default: Record<string, string>
  }
  const rows = Object.entries(registrations).map(([prefix, text]) => ({
    prefix: prefix.toUpperCase(),
    organisation: (text.split('\n')[0] ?? '').trim(),
  }))
  const names = [...new Set(rows.map(({ organisation }) => organisation))].sort()
  const index = new Map(names.map((name, at) => [name, at]))
  const { offsets, octets } = packTexts(names)
  const contents: Record<string, Uint16Array | Uint32Array | Float64Array | Buffer> = {
    offsets,
    names: octets,
  }
  for (const bits of [24, 28, 36]) {
    const chosen = rows
      .filter(({ prefix }) => prefix.length === bits / 4)
      .map(({ prefix, organisation }) => ({ value: Number.parseInt(prefix, 16), organisation }))
      .sort((a, b) => a.value - b.value)
    const prefixes = chosen.map(({ value }) => value)
    contents[`prefix${bits}`] = bits === 36 ? Float64Array.from(prefixes) : Uint32Array.from(prefixes)
    contents[`organisation${bits}`] = Uint16Array.from(
      chosen,
      ({ organisation }) => index.get(organisation) ?? 0,
    )
  }
  const version = (
    JSON.parse(readFileSync(new URL('./package.json', import.meta.resolve('oui-data')), 'utf8')) as {
      version: string
    }
  ).version
  replace('prefixes.bin', `oui-data ${version}`, contents, rows.length)
}

function writeEnterpriseNumbers(path: string): void {
  const rows = readEnterpriseNumbers(readFileSync(path, 'utf8')).sort((a, b) => a.number - b.number)
  const { offsets, octets } = packTexts(rows.map(({ name }) => name))
  const numbers = Uint32Array.from(rows, ({ number }) => number)
  replace(
    'enterprise-numbers.bin',
    'IANA private enterprise numbers',
    { numbers, offsets, names: octets },
    rows.length,
  )
}

function readEnterpriseNumbers(text: string): { number: number; name: string }[] {
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    const tabbed = /^(\d+)\t(.+)$/.exec(line)
    // IANA: the number alone on its line, the organisation on the next, indented.
    const name = tabbed?.[2] ?? (/^\d+\s*$/.test(line) ? (lines[at + 1] ?? '') : '')
    const number = Number(tabbed?.[1] ?? line)
    return name.trim() !== '' && Number.isInteger(number) ? [{ number, name: name.trim() }] : []
  })
}

function replace(
  file: string,
  source: string,
  contents: Parameters<typeof writeTable>[1],
  rows: number,
): void {
  const before = existsSync(dataUrl(file)) ? readTable(dataUrl(file)) : null
  const content = writeTable({ date: values.date, source }, contents)
  writeFileSync(dataUrl(file), content)
  process.stdout.write(
    `${file}: ${rows} rows, ${content.length} octets, ${source}, ${values.date}${before ? ` (before: ${before.source}, ${before.date})` : ''}\n`,
  )
}
