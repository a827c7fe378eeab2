/**
 * Patterns that anyone can read and nothing can slow down: literal text, in any case, with `{holes}` that are kept and
 * `*` for what is not. Each literal is looked for once, from left to right, without going back: time grows with the text.
 */
import { OphavError } from '@ophav/shared/value'

export const HOLES = ['model', 'serial', 'firmware', 'mac', 'name', 'brand'] as const
export type Hole = (typeof HOLES)[number]

export type Captures = Partial<Record<Hole, string>>

interface Step {
  /** What to skip before the literal: nothing, anything, or a hole to keep. */
  before: 'nothing' | 'anything' | Hole
  /** Small letters, all blanks alike; empty where a hole ends with its word, or the text. */
  literal: string
}

export interface Template {
  text: string
  steps: readonly Step[]
  /** The literal with which a fitting text begins; empty where it may stand anywhere. */
  head: string
}

const MAX_LENGTH = 300
const MAX_CAPTURE = 120
/** Where a hole that nothing follows ends. */
const WORD_END = /[\s;,"'<>()]/

/** @throws OphavError `fingerprint.invalid` */
export function parseTemplate(text: string): Template {
  const fail = (problem: string): never => {
    throw new OphavError('fingerprint.invalid', { match: text, problem })
  }
  if (text.trim() === '' || text.length > MAX_LENGTH) fail(`it has 1 to ${MAX_LENGTH} characters`)
  const steps: Step[] = []
  let before: Step['before'] = 'nothing'
  for (const part of text.split(/(\*|\{[^{}]*\})/)) {
    if (part === '') continue
    if (part === '*' || part.startsWith('{')) {
      const hole = part.slice(1, -1) as Hole
      if (before === 'anything' || (before !== 'nothing' && part !== '*'))
        fail('two holes stand side by side with nothing between them')
      if (part !== '*' && !HOLES.includes(hole)) fail(`a hole is one of ${HOLES.join(', ')}`)
      if (before !== 'nothing' && part === '*') steps.push({ before, literal: '' })
      before = part === '*' ? 'anything' : hole
    } else {
      steps.push({ before, literal: normalize(part) })
      before = 'nothing'
    }
  }
  if (before !== 'nothing') steps.push({ before, literal: '' })
  if (steps.every(({ literal }) => literal.trim().length < 2)) fail('it holds no text to look for')
  const first = steps[0]
  return { text, steps, head: first?.before === 'nothing' ? first.literal : '' }
}

/** Small letters, blanks alike; the same length as the text, so that what is kept is cut from the original. */
export function normalize(text: string): string {
  const lower = text.toLowerCase()
  return (lower.length === text.length ? lower : text).replace(/[\t\r\n\v\f\u00a0]/g, ' ')
}

/**
 * @param text as the device said it
 * @param plain the same through `normalize`
 * @returns what the holes hold, null where the text does not fit
 */
export function matchTemplate({ steps }: Template, text: string, plain: string): Captures | null {
  const captures: Captures = {}
  let at = 0
  for (let index = 0; index < steps.length; index++) {
    const { before, literal } = steps[index] as Step
    const isLast = index === steps.length - 1
    let found = at
    if (before === 'nothing') {
      if (!plain.startsWith(literal, at)) return null
    } else if (literal === '') {
      found = isLast ? plain.length : wordEnd(text, at)
    } else {
      // A literal that closes the template stands at the text's end.
      found = isLast ? plain.length - literal.length : plain.indexOf(literal, at)
      if (found < at || !plain.startsWith(literal, found)) return null
    }
    if (before !== 'nothing' && before !== 'anything') {
      const kept = text.slice(at, found).trim()
      if (kept === '' || kept.length > MAX_CAPTURE) return null
      captures[before] = kept
    }
    at = found + literal.length
  }
  return at === plain.length || steps.at(-1)?.before === 'anything' ? captures : null
}

function wordEnd(text: string, from: number): number {
  const length = text.slice(from, from + MAX_CAPTURE).search(WORD_END)
  return length < 0 ? Math.min(text.length, from + MAX_CAPTURE) : from + length
}
