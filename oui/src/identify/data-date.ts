/** How old the knowledge is that identities rest on. */
import { enterpriseData } from '../enterprise/lookup.ts'
import { OWNERSHIP_DATE } from '../origin/origin.ts'
import { prefixData } from '../prefix/lookup.ts'

export interface DataDate {
  what: 'ownership' | 'prefixes' | 'enterprise numbers'
  /** The day of the data, ISO: when its source was published, or when it was last looked through. */
  date: string
  source: string
  /** Older than a year. */
  isStale: boolean
}

const YEAR_MS = 366 * 86_400_000

/** @returns the weightiest first: ownership decides counts, prefixes name the most devices */
export function dataDates(now: Date): DataDate[] {
  const dates: Omit<DataDate, 'isStale'>[] = [
    { what: 'ownership', date: OWNERSHIP_DATE, source: 'the catalogue of makers' },
    { what: 'prefixes', ...prefixData() },
    { what: 'enterprise numbers', ...enterpriseData() },
  ]
  return dates.map((each) => ({ ...each, isStale: now.getTime() - Date.parse(each.date) > YEAR_MS }))
}
