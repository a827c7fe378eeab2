/** What is wrong in a file of own rules: the place, a stable code, the facts of the case. */
import { ERROR_CODES, type ErrorCode } from '../error/codes.ts'
import type { ErrorDetail } from '../error/error.ts'
import { printable } from '../text/printable.ts'

export interface RuleProblem {
  code: ErrorCode
  /** As `makers[2].products.camera[0]`; empty for the file as a whole. */
  place: string
  detail: ErrorDetail
}

const SHOWN_LENGTH = 120

/** One line for a person: where, what is wrong and what to do, the facts, the code. */
export function describeProblem(
  { code, place, detail }: RuleProblem,
  language: 'en' | 'da' = 'en',
  line: number | null = null,
): string {
  const at = `${place === '' ? '' : place}${line === null ? '' : ` (${language === 'da' ? 'linje' : 'line'} ${line})`}`
  const facts = Object.entries(detail)
    .map(([name, value]) => `${name}: ${printable(String(value), SHOWN_LENGTH)}`)
    .join(', ')
  return `${at === '' ? '' : `${printable(at, 300)}: `}${ERROR_CODES[code][language]}${facts === '' ? '' : ` (${facts})`} [${code}]`
}
