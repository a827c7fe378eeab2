/** A maker as an auditor reads it: who owned it when, on which source, and what the organisation says itself. */
import {
  originOf,
  ownershipOn,
  type Knowledge,
  type MakerEntry,
  type Origin,
  type Ownership,
} from '@ophav/oui'
import { OphavError } from '@ophav/shared'
import type { Db } from '../store/open.ts'

export interface MakerSheet {
  name: string
  /** The maker under whose name it is counted, where that is another. */
  countedAs: string | null
  role: MakerEntry['role']
  chinese: Origin['chinese']
  country: string | null
  owner: string | null
  ndaa889: boolean
  fccCovered: boolean
  contested: boolean
  ownership: readonly Ownership[]
  /** What the organisation's own rules change. */
  own: {
    /** The maker itself is the organisation's own. */
    added: boolean
    /** What the catalogue says, where own rules say something else of the owner. */
    replacedOwnership: readonly Ownership[] | null
    /** It is never concluded. */
    silent: boolean
    /** Names, words, numbers or lines were added or taken. */
    amended: boolean
  }
}

/** @param day ISO date for which the origin is asked */
export function describeMaker(knowledge: Knowledge, entry: MakerEntry, day: string): MakerSheet {
  const { name, role, ownership, contested } = entry
  const { chinese, country, owner, ndaa889, fccCovered } = originOf(knowledge, null, name, day)
  const rules = knowledge.own
  const shipped = rules?.without.findMaker(name)
  return {
    name,
    countedAs: entry.of ?? null,
    role,
    chinese,
    country,
    owner,
    ndaa889,
    fccCovered,
    contested,
    ownership,
    own: {
      added: rules !== null && shipped === undefined,
      replacedOwnership: rules?.owned.has(name) ? (shipped?.ownership ?? []) : null,
      silent: rules?.silent.has(name) ?? false,
      amended: shipped !== undefined && NAMING.some((field) => entry[field] !== shipped[field]),
    },
  }
}

const NAMING = ['organisations', 'words', 'first', 'enterprises', 'products', 'objects'] as const

/**
 * By its own name, in any letters, or by an organisation's name as registers write it.
 * @throws OphavError `maker.unknown`
 */
export function findMaker(knowledge: Knowledge, name: string): MakerEntry {
  const plain = name.trim().toLowerCase()
  const found =
    knowledge.findMaker(name) ??
    knowledge.makers.find((entry) => entry.name.toLowerCase() === plain) ??
    knowledge.organisation(name)?.entry
  if (!found) throw new OphavError('maker.unknown', { given: name })
  return found
}

/** Devices that are counted under a name, as maker or as brand. */
export async function countDevices(db: Db, name: string): Promise<number> {
  const { count } = await db
    .selectFrom('device')
    .select((e) => e.fn.countAll().as('count'))
    .where((e) => e.or([e('maker', '=', name), e('brand', '=', name)]))
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export const isInPeriod = (entry: Pick<MakerEntry, 'ownership'>, period: Ownership, day: string): boolean =>
  ownershipOn(entry as MakerEntry, day) === period
