/** Which makers can be told apart, by which evidence, and which kinds of their devices. */
import { prefixOwners } from '../prefix/lookup.ts'
import { EVIDENCE_KINDS } from '../claim/extract.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry, Ownership } from '../maker/entry.ts'
import { ownershipOn } from '../origin/origin.ts'
import type { FingerprintData } from '../fingerprint/fingerprint.ts'

export interface Support {
  maker: MakerEntry
  /** On the day; null where nobody is known to own it then. */
  ownership: Ownership | null
  /** IEEE prefixes that are registered to it. */
  prefixes: number
  /** Enterprise numbers and subtrees that are its own. */
  numbers: number
  /** Whether texts name it: descriptions, banners, titles, certificates. */
  isNamedInText: boolean
  /** Product lines and sysObjectID subtrees, by class. */
  classes: { class: string; lines: number }[]
  /** Evidence kinds of its fingerprints. */
  fingerprintKinds: string[]
}

/** @param day ISO date for the ownership */
export function supportOf(
  knowledge: Knowledge,
  fingerprints: readonly FingerprintData[],
  day: string,
): Support[] {
  const prefixes = new Map<MakerEntry, number>()
  for (const { organisation, count } of prefixOwners()) {
    const entry = knowledge.organisation(organisation)?.entry
    if (entry) prefixes.set(entry, (prefixes.get(entry) ?? 0) + count)
  }
  return knowledge.makers.map((maker) => ({
    maker,
    ownership: ownershipOn(maker, day) ?? null,
    prefixes: prefixes.get(maker) ?? 0,
    numbers: maker.enterprises.length + Object.values(maker.objects).flat().length,
    isNamedInText: maker.words.length + maker.first.length > 0,
    classes: classesOf(maker),
    fingerprintKinds: EVIDENCE_KINDS.filter((kind) =>
      fingerprints.some((each) => each.maker === maker.name && [each.kind].flat().includes(kind)),
    ),
  }))
}

function classesOf(maker: MakerEntry): Support['classes'] {
  const counts = new Map<string, number>()
  for (const [named, lines] of [...Object.entries(maker.products), ...Object.entries(maker.objects)])
    if (named !== 'any') counts.set(named, (counts.get(named) ?? 0) + (lines?.length ?? 0))
  if (maker.only !== null && !counts.has(maker.only)) counts.set(maker.only, 0)
  return [...counts]
    .map(([named, lines]) => ({ class: named, lines }))
    .sort((a, b) => b.lines - a.lines || a.class.localeCompare(b.class))
}
