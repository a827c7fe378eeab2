/** How old the knowledge is that identities rest on. */
import { enterpriseDate } from '../enterprise/lookup.ts'
import { OWNERSHIP_DATE } from '../origin/origin.ts'
import { prefixDate } from '../prefix/lookup.ts'

export interface DataDates {
  /** ISO dates. */
  prefixes: string
  enterpriseNumbers: string
  ownership: string
  /** Whether any of them is older than a year. */
  stale: boolean
}

const YEAR_MS = 366 * 86_400_000

export function dataDates(now: Date): DataDates {
  const dates = { prefixes: prefixDate(), enterpriseNumbers: enterpriseDate(), ownership: OWNERSHIP_DATE }
  return { ...dates, stale: Object.values(dates).some((date) => now.getTime() - Date.parse(date) > YEAR_MS) }
}
