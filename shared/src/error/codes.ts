/**
 * Every error code of the product, with what it means and what to do about it. A code is a promise to
 * scripts and runbooks: it is never renamed and never reused.
 */

export const ERROR_CODES = {
  'address.invalid-range': {
    status: 400,
    en: 'This is no IPv4 range. Write 10.0.0.0/24, 10.0.0.7 or 10.0.0.10-10.0.0.20.',
    da: 'Dette er ikke et IPv4-område. Skriv 10.0.0.0/24, 10.0.0.7 eller 10.0.0.10-10.0.0.20.',
  },
} as const satisfies Record<string, ErrorEntry>

interface ErrorEntry {
  /** The HTTP status (RFC 9110) with which the collector answers. */
  status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 500 | 503 | 507
  en: string
  da: string
}

export type ErrorCode = keyof typeof ERROR_CODES
