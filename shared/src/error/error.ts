/** The one error class that crosses module boundaries: a stable code and the facts of the case. */
import { ERROR_CODES, type ErrorCode } from './codes.ts'

/** Facts of one case: no secrets, because details are logged and shown. */
export type ErrorDetail = Readonly<Record<string, string | number | boolean | null>>

/** An expected failure, with a code from the table. Anything else that is thrown is a defect. */
export class OphavError extends Error {
  override readonly name = 'OphavError'
  readonly code: ErrorCode
  readonly detail: ErrorDetail

  constructor(code: ErrorCode, detail: ErrorDetail = {}, options?: ErrorOptions) {
    super(describe(code, detail), options)
    this.code = code
    this.detail = detail
  }
}

/** The longest piece of a detail in a message: enough to recognise a value, too little to flood a log. */
const SHOWN_LENGTH = 200

function describe(code: ErrorCode, detail: ErrorDetail): string {
  const facts = Object.entries(detail)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)?.slice(0, SHOWN_LENGTH)}`)
    .join(', ')
  return `${ERROR_CODES[code].en}${facts ? ` (${facts})` : ''} [${code}]`
}

/** The code of an error that was thrown, or null for a defect. */
export const errorCode = (error: unknown): ErrorCode | null =>
  error instanceof OphavError ? error.code : null
