/** What one piece of evidence says about one property of a device, and how much that weighs. */
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry } from '../maker/entry.ts'

export type Field =
  | 'maker'
  | 'brand'
  | 'component'
  | 'operatingSystem'
  | 'class'
  | 'model'
  | 'serial'
  | 'firmware'
  | 'name'

/**
 * Where evidence comes from. Pieces of one group repeat each other and count once; groups confirm each other.
 */
export type Group = 'mac' | 'snmp' | 'discovery' | 'banner' | 'register'

/**
 * 1 the device's own answer in its maker's protocol; 2 fields that name maker or model; 3 product numbers and
 * certificates; 4 registered numbers and banners; 5 hints; 6 parts. The lower number wins a conflict.
 */
export type Tier = 1 | 2 | 3 | 4 | 5 | 6

export interface Claim {
  field: Field
  value: string
  /** The catalogue's entry behind a maker, brand or component; null for one that is in no catalogue. */
  entry: MakerEntry | null
  tier: Tier
  group: Group
  /** 0 to 1: how often such a claim is right on its own. */
  weight: number
  /** The evidence kind. */
  kind: string
  /** Why, in plain words. */
  text: string
}

/** Collects the claims of one device. */
export class ClaimList {
  readonly claims: Claim[] = []
  /** What the evidence is read with. */
  readonly knowledge: Knowledge

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge
  }

  add(claim: Claim): void {
    if (claim.value !== '') this.claims.push(claim)
  }
}

/** Device text in a reason: short, and on one line. Whoever prints it encodes it for the place. */
export const excerpt = (text: string, length = 60): string => {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
