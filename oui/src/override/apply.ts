/** The organisation's own rules over the shipped knowledge. Pure: the same rules give the same knowledge. */
import type { MakerRule, Override, OwnershipRule } from '@ophav/shared'
import type { FingerprintData } from '../fingerprint/fingerprint.ts'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { Knowledge, shippedKnowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { amendMaker, claimedBy, newMaker, plainWord, yieldTo } from './amend.ts'
import { parsePrefix, PrefixTable } from './prefix-table.ts'

/** What own rules are laid over. */
export interface Base {
  knowledge: Knowledge
  fingerprints: readonly FingerprintData[]
}

export const shippedBase = (): Base => ({ knowledge: shippedKnowledge(), fingerprints: FINGERPRINTS })

/**
 * Rules about what is not there any more change nothing: a newer catalogue may have another name for it.
 * `checkOverride` says so before rules are taken.
 * @throws OphavError `fingerprint.invalid`
 */
export function applyOverride(base: Base, override: Override): Knowledge {
  const { makers: rules = [], ownership = [], fingerprints = [], prefixes = [], silence = [] } = override
  let makers: readonly MakerEntry[] = base.knowledge.makers
  for (const rule of rules) makers = applyMaker(makers, rule)
  makers = makers.map((entry) => {
    const stated = ownership.find(({ maker }) => maker === entry.name)
    return stated ? withOwnership(entry, stated) : entry
  })
  const words = new Set(silence.flatMap(({ word }) => (word === undefined ? [] : [plainWord(word)])))
  if (words.size > 0) {
    const none = new Set<string>()
    makers = makers.map((entry) =>
      yieldTo(entry, { words, organisations: none, subtrees: none, lines: none }),
    )
  }
  const table = new PrefixTable()
  for (const { prefix, maker: name } of prefixes) {
    const entry = makers.find((maker) => maker.name === name)
    const digits = parsePrefix(prefix)
    if (entry && digits !== null) table.add(digits, entry)
  }
  for (const { prefix } of silence) {
    const digits = prefix === undefined ? null : parsePrefix(prefix)
    if (digits !== null) table.add(digits, null)
  }
  return new Knowledge(makers, [...(fingerprints as FingerprintData[]), ...base.fingerprints], {
    without: base.knowledge,
    prefixes: table,
    silent: new Set(silence.flatMap(({ maker }) => (maker === undefined ? [] : [maker]))),
    owned: new Set(ownership.map(({ maker }) => maker)),
  })
}

function applyMaker(makers: readonly MakerEntry[], rule: MakerRule): readonly MakerEntry[] {
  const { name, amend } = rule
  const known = makers.find((entry) => entry.name === (name ?? amend))
  // A name that the catalogue has in the meantime: what the rule says is added to it.
  const own = known ? amendMaker(known, rule) : name === undefined ? null : newMaker(name, rule)
  if (!own) return makers
  const claimed = claimedBy(own, rule)
  const others = makers.map((entry) => (entry === known ? own : yieldTo(entry, claimed)))
  return known ? others : [own, ...others]
}

/** The stated periods stand in place of the catalogue's; a mark that is not stated stays as it was. */
const withOwnership = (entry: MakerEntry, rule: OwnershipRule): MakerEntry => ({
  ...entry,
  ownership: rule.periods as MakerEntry['ownership'],
  contested: rule.contested ?? entry.contested,
  ndaa889: rule.ndaa889 ?? entry.ndaa889,
  fccCovered: rule.fccCovered ?? entry.fccCovered,
})
