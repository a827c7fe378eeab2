/** Whose prefix a MAC has: IEEE registrations of 24, 28 and 36 bits, the longest first. */
import { search, readTable, type CompactTable } from '../compact/table.ts'

export interface Registration {
  /** Null where the owner keeps its name to itself. */
  organisation: string | null
  bits: 24 | 28 | 36
}

interface Prefixes {
  date: string
  source: string
  by24: Uint32Array
  by28: Uint32Array
  by36: Float64Array
  organisations24: Uint16Array
  organisations28: Uint16Array
  organisations36: Uint16Array
  offsets: Uint32Array
  names: Buffer
}

let loaded: Prefixes | null = null

/** At the first question, in some milliseconds. */
function prefixes(): Prefixes {
  loaded ??= load(readTable(new URL('../../data/prefixes.bin', import.meta.url)))
  return loaded
}

const load = (table: CompactTable): Prefixes => ({
  date: table.date,
  source: table.source,
  by24: table.u32('prefix24'),
  by28: table.u32('prefix28'),
  by36: table.f64('prefix36'),
  organisations24: table.u16('organisation24'),
  organisations28: table.u16('organisation28'),
  organisations36: table.u16('organisation36'),
  offsets: table.u32('offsets'),
  names: table.octets('names'),
})

export const prefixData = (): { date: string; source: string } => {
  const { date, source } = prefixes()
  return { date, source }
}

/**
 * @param mac as a 48-bit number
 * @returns null for a prefix that nobody has registered under a name
 */
export function findRegistration(mac: number): Registration | null {
  const { by24, by28, by36, organisations24, organisations28, organisations36 } = prefixes()
  const at36 = search(by36, Math.floor(mac / 2 ** 12))
  if (at36 >= 0) return named(organisations36[at36] ?? 0, 36)
  const at28 = search(by28, Math.floor(mac / 2 ** 20))
  if (at28 >= 0) return named(organisations28[at28] ?? 0, 28)
  const at24 = search(by24, Math.floor(mac / 2 ** 24))
  return at24 >= 0 ? named(organisations24[at24] ?? 0, 24) : null
}

function named(organisation: number, bits: Registration['bits']): Registration | null {
  const { offsets, names } = prefixes()
  const name = names.toString('utf8', offsets[organisation], offsets[organisation + 1])
  // A block that is split further says nothing where no longer prefix is known.
  if (name === '' || name.startsWith('IEEE Registration Authority')) return null
  return { organisation: name === 'Private' ? null : name, bits }
}

/** Every organisation that has registered a prefix, with how many it has; blocks that are split further count by their parts. */
export function prefixOwners(): { organisation: string; count: number }[] {
  const { organisations24, organisations28, organisations36 } = prefixes()
  const counts = new Map<string, number>()
  for (const [organisations, bits] of [
    [organisations24, 24],
    [organisations28, 28],
    [organisations36, 36],
  ] as const)
    for (const at of organisations) {
      const organisation = named(at, bits)?.organisation
      if (organisation) counts.set(organisation, (counts.get(organisation) ?? 0) + 1)
    }
  return [...counts].map(([organisation, count]) => ({ organisation, count }))
}
