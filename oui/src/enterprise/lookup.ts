/** Whose number an enterprise OID or engineID carries: IANA's list, under a table of what practice has made of it. */
import { search, readTable } from '../compact/table.ts'

interface Numbers {
  date: string
  source: string
  numbers: Uint32Array
  offsets: Uint32Array
  names: Buffer
}

let loaded: Numbers | null = null

function numbers(): Numbers {
  if (loaded) return loaded
  const table = readTable(new URL('../../data/enterprise-numbers.bin', import.meta.url))
  loaded = {
    date: table.date,
    source: table.source,
    numbers: table.u32('numbers'),
    offsets: table.u32('offsets'),
    names: table.octets('names'),
  }
  return loaded
}

export const enterpriseData = (): { date: string; source: string } => {
  const { date, source } = numbers()
  return { date, source }
}

/** @returns the registered organisation, null for a number that nobody has */
export function findEnterprise(number: number): string | null {
  const { numbers: sorted, offsets, names } = numbers()
  const at = search(sorted, number)
  return at < 0 ? null : names.toString('utf8', offsets[at], offsets[at + 1])
}
