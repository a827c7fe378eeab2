/** What a new registry changes: rows, and the makers that devices will be named after. */
import type { Registry } from './registry-row.ts'

export interface Change {
  key: string
  /** Null where the row is new. */
  before: string | null
  /** Null where the row is gone. */
  after: string | null
}

export interface Difference {
  added: Change[]
  removed: Change[]
  /** Rows whose organisation is another, or is written in another way. */
  renamed: Change[]
  /** How many rows each maker gains and loses, the most first. A row that only changes its spelling is none. */
  makers: { maker: string; gained: number; lost: number }[]
}

/** @param makerOf the maker behind an organisation, or the organisation itself */
export function compareRegistries(
  before: Registry,
  after: Registry,
  makerOf: (organisation: string) => string,
): Difference {
  const changes: Change[] = []
  for (const [key, name] of after) {
    const known = before.get(key)
    if (known !== name) changes.push({ key, before: known ?? null, after: name })
  }
  for (const [key, name] of before) if (!after.has(key)) changes.push({ key, before: name, after: null })
  changes.sort((a, b) => a.key.localeCompare(b.key, 'en', { numeric: true }))
  return {
    added: changes.filter((change) => change.before === null),
    removed: changes.filter((change) => change.after === null),
    renamed: changes.filter((change) => change.before !== null && change.after !== null),
    makers: countByMaker(changes, makerOf),
  }
}

function countByMaker(
  changes: readonly Change[],
  makerOf: (organisation: string) => string,
): Difference['makers'] {
  const counts = new Map<string, { gained: number; lost: number }>()
  const count = (organisation: string, what: 'gained' | 'lost') => {
    const maker = makerOf(organisation)
    const known = counts.get(maker) ?? { gained: 0, lost: 0 }
    counts.set(maker, known)
    known[what]++
  }
  for (const { before, after } of changes) {
    if (before !== null && after !== null && makerOf(before) === makerOf(after)) continue
    if (after !== null) count(after, 'gained')
    if (before !== null) count(before, 'lost')
  }
  return [...counts]
    .map(([maker, { gained, lost }]) => ({ maker, gained, lost }))
    .sort((a, b) => b.gained + b.lost - a.gained - a.lost || a.maker.localeCompare(b.maker))
}
