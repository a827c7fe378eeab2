/** Own rules on the claims of one piece of evidence: silence is kept, and each claim that only a rule makes is marked. */
import type { Claim, Field } from '../claim/claim.ts'
import { inEnglish, isSameSentence } from '../reason/sentence.ts'
import type { OwnRules } from './own-rules.ts'

const NAMING: ReadonlySet<Field> = new Set<Field>(['maker', 'brand', 'component'])
/** What a reader would miss if a rule took it away without a word. */
const MISSED: ReadonlySet<Field> = new Set<Field>(['maker', 'brand', 'component', 'class'])

const keyOf = ({ field, value, because }: Claim): string => `${field}\n${value}\n${inEnglish(because)}`

/** Most pieces say with the rules what they say without. */
const isSame = (claims: readonly Claim[], before: readonly Claim[]): boolean =>
  claims.length === before.length &&
  claims.every((claim, at) => {
    const other = before[at]
    return (
      other &&
      isSameSentence(other.because, claim.because) &&
      other.value === claim.value &&
      other.field === claim.field
    )
  })

/**
 * @param claims with the own rules
 * @param before without them, from the same evidence
 * @returns the claims that stand, and as `withheld` what the shipped knowledge alone would have claimed
 */
export function settleOwnRules(
  claims: readonly Claim[],
  before: readonly Claim[],
  own: OwnRules,
): readonly Claim[] {
  if (own.silent.size === 0 && isSame(claims, before)) return claims
  const kept = claims.filter(({ field, value }) => !(NAMING.has(field) && own.silent.has(value)))
  const shipped = new Set(before.map(keyOf))
  const spoken = new Set(kept.map(keyOf))
  return [
    ...kept.map((claim) => (shipped.has(keyOf(claim)) ? claim : { ...claim, own: true as const })),
    ...before
      .filter((claim) => MISSED.has(claim.field) && !spoken.has(keyOf(claim)))
      .map((claim) => ({ ...claim, field: 'withheld' as const, weight: 0, own: true as const })),
  ]
}
