/** From evidence to an identity: claims, weighed, with the reasons; silent where too little is known. */
import type { Evidence } from '@ophav/shared'
import type { Claim, Field } from '../claim/claim.ts'
import { extractClaims } from '../claim/extract.ts'
import { CALIBRATION, calibrated, type Calibration } from '../fuse/calibration.ts'
import { byField, makerKey, weigh, type Weighed } from '../fuse/fuse.ts'
import { shippedKnowledge, type Knowledge } from '../knowledge/knowledge.ts'
import { originOf } from '../origin/origin.ts'
import { isSameSentence } from '../reason/sentence.ts'
import type { Identity, Reason } from './identity.ts'

export interface IdentifyOptions {
  /** The day for which ownership is asked; today where absent. */
  asOf?: Date
  /** What the evidence is read with: what the product ships, where absent. */
  knowledge?: Knowledge
  /** How sure the weights' answers are; as fitted, where absent. */
  calibration?: Calibration
}

/** Below this it is more honest to say nothing: hints alone do not name a maker. */
const SPEAKS_AT = 0.5
const MAX_REASONS = 12
const MAX_ALTERNATIVES = 5

let today = { at: 0, day: '' }

/** ISO day, made once a minute: a stream of devices asks a hundred thousand times a second. */
function dayOf(date: Date | undefined): string {
  if (date) return date.toISOString().slice(0, 10)
  const now = Date.now()
  if (Math.abs(now - today.at) > 60_000) today = { at: now, day: new Date(now).toISOString().slice(0, 10) }
  return today.day
}

/** Pure: the same evidence on the same day gives the same identity. Never throws, whatever the octets. */
export function identify(evidence: readonly Evidence[], options: IdentifyOptions = {}): Identity {
  const { asOf, knowledge = shippedKnowledge(), calibration } = options
  return conclude(extractClaims(evidence, knowledge), dayOf(asOf), knowledge, calibration)
}

const NONE: readonly Claim[] = []

/** @param day ISO date for the ownership */
export function conclude(
  claims: readonly Claim[],
  day: string,
  knowledge: Knowledge,
  calibration: Calibration = CALIBRATION,
): Identity {
  const sure = (raw: number): number => Math.round(calibrated(raw, calibration) * 1000) / 1000
  const fields = byField(claims)
  const of = (field: Field): readonly Claim[] => fields.get(field) ?? NONE
  const best = (field: Field): Weighed | null => weigh(of(field))[0] ?? null
  const stated = weigh(of('brand'))[0]
  const makers = weigh(buildersAmong(of('maker'), stated), makerKey(knowledge))
  const winner = makers[0] && makers[0].confidence >= SPEAKS_AT ? makers[0] : null
  const brand = stated?.value ?? brandOf(winner)
  const chosen = {
    operatingSystem: best('operatingSystem'),
    component: best('component'),
    model: best('model'),
    serial: best('serial'),
    firmware: best('firmware'),
    name: best('name'),
    class: best('class'),
  }
  const reasons = winner ? [...winner.claims] : []
  for (const weighed of Object.values(chosen)) if (weighed) reasons.push(...weighed.claims)
  return {
    maker: winner?.value ?? null,
    brand,
    operatingSystem: chosen.operatingSystem?.value ?? null,
    component: chosen.component?.value ?? null,
    model: chosen.model?.value ?? null,
    serial: chosen.serial?.value ?? null,
    firmware: chosen.firmware?.value ?? null,
    name: chosen.name?.value ?? null,
    class: chosen.class && chosen.class.confidence >= SPEAKS_AT ? chosen.class.value : null,
    confidence: winner ? sure(winner.confidence) : 0,
    origin: originOf(knowledge, winner?.value ?? null, brand, day),
    // What own rules set aside weighs nothing and is said all the same.
    reasons: [...toReasons(reasons.concat(of('nobody'))), ...toReasons([...of('withheld')])],
    alternatives: makers
      .slice(winner ? 1 : 0, MAX_ALTERNATIVES + 1)
      .map(({ value, confidence }) => ({ field: 'maker', value, confidence: sure(confidence) })),
  }
}

/**
 * Where one piece of evidence tells the name on the box from who built it, other pieces that give that name mean the
 * box: they do not say who built it.
 */
function buildersAmong(makers: readonly Claim[], brand: Weighed | undefined): readonly Claim[] {
  const source = brand?.claims[0]
  const isBuilder = (claim: Claim) => claim.value !== brand?.value
  return source && makers.some((claim) => claim.kind === source.kind && isBuilder(claim))
    ? makers.filter(isBuilder)
    : makers
}

/** A name on the box that differs from who built it stays beside it; else the maker's own brand. */
function brandOf(winner: Weighed | null): string | null {
  if (!winner) return null
  let strongest: Claim | null = null
  for (const claim of winner.claims)
    if (
      !strongest ||
      claim.tier < strongest.tier ||
      (claim.tier === strongest.tier && claim.weight > strongest.weight)
    )
      strongest = claim
  return strongest?.entry?.name ?? winner.value
}

/** The weightiest first, each statement once. */
function toReasons(claims: Claim[]): Reason[] {
  claims.sort((a, b) => b.weight - a.weight)
  const reasons: Reason[] = []
  for (const { field, value, kind, weight, because, own } of claims) {
    if (reasons.length >= MAX_REASONS) break
    if (reasons.some((reason) => reason.field === field && isSameSentence(reason.because, because))) continue
    reasons.push({ field, value, kind, weight, because, ...(own ? { own } : {}) })
  }
  return reasons
}
