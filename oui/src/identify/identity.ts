/** Who made a device, with the reasons. */
import { inDanish } from '../reason/danish.ts'
import { inEnglish, type Sentence } from '../reason/sentence.ts'
import type { Origin } from '../origin/origin.ts'

export interface Reason {
  field: string
  value: string
  /** The evidence kind. */
  kind: string
  weight: number
  /** In plain words; holds device text, which whoever prints it encodes. */
  because: Sentence
  /** It comes from a rule of the organisation's own. */
  own?: true
}

export interface Alternative {
  field: string
  value: string
  confidence: number
}

export interface Identity {
  /** Who built it, where that is known; else who sells it. */
  maker: string | null
  /** The name on the box. */
  brand: string | null
  operatingSystem: string | null
  /** Who made a part of it: a network card, a module. */
  component: string | null
  model: string | null
  serial: string | null
  firmware: string | null
  name: string | null
  class: string | null
  /** Of the maker, 0 to 1. */
  confidence: number
  origin: Origin
  /** Why, the weightiest first. */
  reasons: Reason[]
  /** What else was said and not believed. */
  alternatives: Alternative[]
}

/** What a reason says. */
export const describeReason = ({ because }: Reason, language: 'da' | 'en' = 'en'): string =>
  language === 'da' ? inDanish(because) : inEnglish(because)

/** A reason as one sentence; one that an own rule gives, or takes away, says so. */
export function reasonText(reason: Reason): string {
  const text = describeReason(reason)
  if (reason.field === 'withheld') return `set aside by an own rule: ${text}`
  return reason.own ? `own rule: ${text}` : text
}
