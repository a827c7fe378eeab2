/** Rows of the public registries: read from their packages, and from the tables that were generated from them. */
import type { CompactTable } from '../compact/table.ts'

/** A prefix in hexadecimal digits, or an enterprise number, to the organisation that has it. */
export type Registry = ReadonlyMap<string, string>

const PREFIX_BITS = [24, 28, 36] as const

/** @param registrations of oui-data: prefix to lines, the organisation first */
export const readPrefixes = (registrations: Readonly<Record<string, string>>): Registry =>
  new Map(
    Object.entries(registrations).map(([prefix, text]) => [
      prefix.toUpperCase(),
      (text.split('\n')[0] ?? '').trim(),
    ]),
  )

/** @returns what a table made of `readPrefixes` held */
export function prefixesOf(table: CompactTable): Registry {
  const nameAt = namesOf(table)
  const registry = new Map<string, string>()
  for (const bits of PREFIX_BITS) {
    const prefixes = bits === 36 ? table.f64('prefix36') : table.u32(`prefix${bits}`)
    const organisations = table.u16(`organisation${bits}`)
    prefixes.forEach((prefix, at) =>
      registry.set(
        prefix
          .toString(16)
          .toUpperCase()
          .padStart(bits / 4, '0'),
        nameAt(organisations[at] ?? 0),
      ),
    )
  }
  return registry
}

export interface EnterpriseList {
  /** The day that the list states, ISO; null where it states none. */
  date: string | null
  registry: Registry
}

/**
 * @param text the list as IANA publishes it, the number alone on its line and the organisation indented on the next;
 * or lines of a number, a tab and a name
 */
export function readEnterpriseNumbers(text: string): EnterpriseList {
  const lines = text.split('\n')
  const registry = new Map<string, string>()
  lines.forEach((line, at) => {
    const tabbed = /^(\d{1,10})\t(.+)$/.exec(line)
    const name = (tabbed?.[2] ?? (/^\d{1,10}\s*$/.test(line) ? (lines[at + 1] ?? '') : ''))
      .replace(/\s+/g, ' ')
      .trim()
    if (name !== '') registry.set(String(Number(tabbed?.[1] ?? line)), name)
  })
  return { date: /^\(last updated (\d{4}-\d{2}-\d{2})\)/m.exec(text)?.[1] ?? null, registry }
}

/** @returns what a table made of `readEnterpriseNumbers` held */
export function enterpriseNumbersOf(table: CompactTable): Registry {
  const nameAt = namesOf(table)
  return new Map(Array.from(table.u32('numbers'), (number, at) => [String(number), nameAt(at)]))
}

function namesOf(table: CompactTable): (at: number) => string {
  const offsets = table.u32('offsets')
  const names = table.octets('names')
  return (at) => names.toString('utf8', offsets[at], offsets[at + 1])
}
