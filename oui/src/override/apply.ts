/** The organisation's own rules over the shipped knowledge. Pure: the same rules give the same knowledge. */
import type { MakerRule, Override, OwnershipRule } from '@ophav/shared'
import type { FingerprintData } from '../fingerprint/fingerprint.ts'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { Knowledge, shippedKnowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { amendMaker, Given, newMaker } from './amend.ts'
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
  const given = new Given()
  for (const { word } of silence) if (word !== undefined) given.silence(word)
  const byName = new Map(base.knowledge.makers.map((entry) => [entry.name, entry]))
  const added: MakerEntry[] = []
  for (const rule of rules) {
    const entry = applyMaker(byName, rule)
    if (!entry) continue
    if (!byName.has(entry.name)) added.push(entry)
    byName.set(entry.name, entry)
    given.give(entry, rule)
  }
  for (const rule of ownership) {
    const entry = byName.get(rule.maker)
    if (entry) byName.set(rule.maker, withOwnership(entry, rule))
  }
  // New makers stand first; the others keep the order in which the catalogue decides between them.
  const makers = [...added, ...base.knowledge.makers].map(({ name }) => {
    const entry = given.takeFrom(byName.get(name) as MakerEntry)
    byName.set(name, entry)
    return entry
  })
  const table = new PrefixTable()
  for (const { prefix, maker: name } of prefixes) {
    const entry = byName.get(name)
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

/** @returns null for a rule about a maker that is not there */
function applyMaker(byName: ReadonlyMap<string, MakerEntry>, rule: MakerRule): MakerEntry | null {
  const known = byName.get(rule.name ?? rule.amend ?? '')
  // A name that the catalogue has in the meantime: what the rule says is added to it.
  if (known) return amendMaker(known, rule)
  return rule.name === undefined ? null : newMaker(rule.name, rule)
}

/** The stated periods stand in place of the catalogue's; a mark that is not stated stays as it was. */
const withOwnership = (entry: MakerEntry, rule: OwnershipRule): MakerEntry => ({
  ...entry,
  ownership: rule.periods as MakerEntry['ownership'],
  contested: rule.contested ?? entry.contested,
  ndaa889: rule.ndaa889 ?? entry.ndaa889,
  fccCovered: rule.fccCovered ?? entry.fccCovered,
})
