/** Weighs claims: groups confirm each other, the better tier wins a conflict, and a conflict costs confidence. */
import type { Claim, Field, Group } from '../claim/claim.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'

export interface Weighed {
  value: string
  confidence: number
  /** The best tier that speaks for it. */
  tier: number
  claims: Claim[]
}

/** What a rival of a worse or equal tier takes from the winner, at most. */
const CONFLICT_COST = 0.35

/** @returns the values of a field, the winner first */
export function weigh(
  claims: readonly Claim[],
  field: Field,
  keyOf: (claim: Claim) => string = (claim) => claim.value,
): Weighed[] {
  const byValue = new Map<string, Claim[]>()
  for (const claim of claims) {
    if (claim.field !== field) continue
    const key = keyOf(claim)
    const list = byValue.get(key)
    if (list) list.push(claim)
    else byValue.set(key, [claim])
  }
  const weighed = [...byValue].map(([value, list]): Weighed => ({
    value,
    confidence: noisyOr(list),
    tier: Math.min(...list.map(({ tier }) => tier)),
    claims: list,
  }))
  weighed.sort((a, b) => a.tier - b.tier || b.confidence - a.confidence)
  const [winner, ...rivals] = weighed
  if (winner && rivals.length > 0) {
    const strongest = Math.max(...rivals.map(({ confidence }) => confidence))
    winner.confidence *=
      1 - CONFLICT_COST * strongest * (rivals.some(({ tier }) => tier <= winner.tier) ? 1 : 0.5)
  }
  return weighed
}

/** Claims of one group repeat each other: the strongest of each counts. */
function noisyOr(claims: readonly Claim[]): number {
  const strongest = new Map<Group, number>()
  for (const { group, weight } of claims)
    strongest.set(group, Math.max(strongest.get(group) ?? 0, Math.min(weight, 0.97)))
  let doubt = 1
  for (const weight of strongest.values()) doubt *= 1 - weight
  return 1 - doubt
}

/** Brands of one maker do not contradict each other: Meraki and Cisco are one answer. */
export const makerKey =
  (knowledge: Knowledge) =>
  (claim: Claim): string =>
    claim.entry === null ? claim.value : knowledge.makerOfBrand(claim.entry).name
