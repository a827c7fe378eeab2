/** What one piece of evidence says about one property of a device, and how much that weighs. */
import { sentence, type Sentence } from '../reason/sentence.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
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
  /** Why evidence names nobody, where a reader would expect a maker. */
  | 'nobody'
  /** What own rules keep from being said, under the words in which it would have been said. */
  | 'withheld'

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
  because: Sentence
  /** A rule of the organisation's own says so; absent where the shipped knowledge does. */
  own?: true
}

/** Where claims come from, and how much they weigh. */
export interface Source {
  /** The evidence kind. */
  kind: string
  group: Group
  tier: Tier
  weight: number
}

/** How much less a firm's name weighs that is in no catalogue: it may make parts, or be a reseller. */
const UNKNOWN_FIRM = 0.12
const COMPONENT_WEIGHT = 0.9

/** Collects the claims of one device. */
export class ClaimList {
  readonly claims: Claim[] = []
  /** What the evidence is read with. */
  readonly knowledge: Knowledge

  constructor(knowledge: Knowledge) {
    this.knowledge = knowledge
  }

  /** Says a field's value; an empty one says nothing. */
  say(source: Source, field: Field, value: string, because: Sentence, weight = source.weight): void {
    if (value === '') return
    const { kind, group, tier } = source
    this.claims.push({ field, value, entry: null, tier, group, weight, kind, because })
  }

  /** Says the name on the box, where somebody else has built it. */
  sayBrand(source: Source, { name, entry }: Organisation, because: Sentence): void {
    const { kind, group, tier, weight } = source
    this.claims.push({ field: 'brand', value: name, entry, tier, group, weight, kind, because })
  }

  /** Says who made it, as far as the name can: parts and software leave the maker open. */
  sayFirm(source: Source, { name, entry }: Organisation, because: Sentence, weight = source.weight): void {
    const { kind, group, tier } = source
    const role = entry?.role ?? 'brand'
    if (role === 'brand')
      this.claims.push({
        field: 'maker',
        value: name,
        entry,
        tier,
        group,
        weight: entry ? weight : weight - UNKNOWN_FIRM,
        kind,
        because,
      })
    else if (role === 'software')
      this.claims.push({ field: 'operatingSystem', value: name, entry, tier, group, weight, kind, because })
    else if (role === 'virtual')
      this.say({ ...source, weight: 0 }, 'nobody', name, sentence`${because}: a virtual machine`)
    else
      this.claims.push({
        field: 'component',
        value: name,
        entry,
        tier: 6,
        group,
        weight: COMPONENT_WEIGHT,
        kind,
        because: sentence`${because}, which makes parts or builds for others`,
      })
  }
}

const MESSY = /[\t\r\n\v\f\u00a0]| {2}|^ | $/

/** Device text in a reason: short, and on one line. Whoever prints it encodes it for the place. */
export const excerpt = (text: string, length = 60): string => {
  const line = MESSY.test(text) ? text.replace(/\s+/g, ' ').trim() : text
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
