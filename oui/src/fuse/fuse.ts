/** Weighs claims: groups confirm each other, the better tier wins a conflict, and a conflict costs confidence. */
import type { Claim, Field, Group } from '../claim/claim.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'

export interface Weighed {
  value: string
  /** 0 to 1. */
  confidence: number
  /** The best tier that speaks for it. */
  tier: number
  claims: Claim[]
}

/** What a rival of a worse or equal tier takes from the winner, at most. */
const CONFLICT_COST = 0.35
/** No single kind of evidence is surer than this. */
const MOST_OF_ONE_GROUP = 0.97

/**
 * @param claims of one field
 * @returns the values, the winner first
 */
export function weigh(claims: readonly Claim[], keyOf: (claim: Claim) => string = valueOf): Weighed[] {
  const weighed: Weighed[] = []
  for (const claim of claims) {
    const key = keyOf(claim)
    const same = weighed.find(({ value }) => value === key)
    if (!same) weighed.push({ value: key, confidence: 0, tier: claim.tier, claims: [claim] })
    else {
      same.claims.push(claim)
      if (claim.tier < same.tier) same.tier = claim.tier
    }
  }
  for (const each of weighed) each.confidence = noisyOr(each.claims)
  if (weighed.length < 2) return weighed
  weighed.sort((a, b) => a.tier - b.tier || b.confidence - a.confidence)
  const [winner, ...rivals] = weighed as [Weighed, ...Weighed[]]
  const strongest = Math.max(...rivals.map(({ confidence }) => confidence))
  winner.confidence *=
    1 - CONFLICT_COST * strongest * (rivals.some(({ tier }) => tier <= winner.tier) ? 1 : 0.5)
  return weighed
}

const valueOf = ({ value }: Claim): string => value

/** Claims of one group repeat each other: the strongest of each counts. */
function noisyOr(claims: readonly Claim[]): number {
  const [first] = claims
  if (first && claims.length === 1) return Math.min(first.weight, MOST_OF_ONE_GROUP)
  const strongest: Partial<Record<Group, number>> = {}
  for (const { group, weight } of claims)
    strongest[group] = Math.max(strongest[group] ?? 0, Math.min(weight, MOST_OF_ONE_GROUP))
  let doubt = 1
  for (const group in strongest) doubt *= 1 - (strongest[group as Group] ?? 0)
  return 1 - doubt
}

/** Claims by their field, in the order in which they were made. */
export function byField(claims: readonly Claim[]): Map<Field, Claim[]> {
  const fields = new Map<Field, Claim[]>()
  for (const claim of claims) {
    const list = fields.get(claim.field)
    if (list) list.push(claim)
    else fields.set(claim.field, [claim])
  }
  return fields
}

/** Brands of one maker do not contradict each other: Meraki and Cisco are one answer. */
export const makerKey =
  (knowledge: Knowledge) =>
  (claim: Claim): string =>
    claim.entry === null ? claim.value : knowledge.makerOfBrand(claim.entry).name
