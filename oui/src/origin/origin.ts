/** Where a maker is from: by who owns it on a day, never by where a prefix is registered. */
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry, Ownership } from '../maker/entry.ts'

export interface Origin {
  /** `contested`: owned or led in a way that is disputed in public; the reader decides. */
  chinese: 'yes' | 'no' | 'contested' | 'unknown'
  /** ISO 3166-1 alpha-2 of the owner's seat. */
  country: string | null
  owner: string | null
  /** US law, NDAA 2019 section 889. */
  ndaa889: boolean
  /** On the FCC's Covered List. */
  fccCovered: boolean
  /** The day for which this holds, ISO. */
  asOf: string
  /** Where a reader can check it. */
  sources: string[]
  /** The ownership is stated by the organisation's own rules. */
  own?: true
}

export const ownershipOn = (entry: MakerEntry, day: string): Ownership | undefined =>
  entry.ownership.find(({ from = '', until = '9999' }) => from <= day && day < until)

/** The day of the ownership table: an older one is to be looked through again. */
export const OWNERSHIP_DATE = '2026-11-24'

/** Answers by knowledge, names and day: a fleet has few makers. */
const remembered = new WeakMap<Knowledge, Map<string, Origin>>()
const MAX_REMEMBERED = 10_000

/** Chinese is what a Chinese owner sells, and what a Chinese maker has built for another name. */
export function originOf(
  knowledge: Knowledge,
  maker: string | null,
  brand: string | null,
  day: string,
): Origin {
  const key = `${maker}\n${brand}\n${day}`
  let origins = remembered.get(knowledge)
  if (!origins) remembered.set(knowledge, (origins = new Map()))
  const known = origins.get(key)
  if (known) return known
  const origin = judge(knowledge, [brand, maker], day)
  if (origins.size >= MAX_REMEMBERED) origins.clear()
  origins.set(key, origin)
  return origin
}

function judge(knowledge: Knowledge, names: readonly (string | null)[], day: string): Origin {
  const entries = [...new Set(names)]
    .map((name) => (name === null ? undefined : knowledge.findMaker(name)))
    .filter((entry) => entry !== undefined)
  const owned = entries.flatMap((entry) => {
    const ownership = ownershipOn(entry, day)
    return ownership ? [{ entry, ownership }] : []
  })
  const shown = owned.find(({ ownership }) => ownership.country === 'CN') ?? owned[0]
  return Object.freeze({
    chinese: isChinese(
      owned.map(({ entry, ownership }) => (entry.contested ? 'contested' : ownership.country)),
    ),
    country: shown?.ownership.country ?? null,
    owner: shown?.ownership.owner ?? null,
    ndaa889: entries.some(({ ndaa889 }) => ndaa889),
    fccCovered: entries.some(({ fccCovered }) => fccCovered),
    asOf: day,
    sources: [...new Set(owned.map(({ ownership }) => ownership.source))],
    ...(entries.some(({ name }) => knowledge.own?.owned.has(name)) ? { own: true as const } : {}),
  })
}

function isChinese(countries: readonly string[]): Origin['chinese'] {
  if (countries.length === 0) return 'unknown'
  if (countries.includes('contested')) return 'contested'
  return countries.includes('CN') ? 'yes' : 'no'
}
