/** Walks one column of a table, however endless the device makes it. */
import type { Bound, SnmpSession } from './session.ts'
import { isSpoiled } from './outcome.ts'

/**
 * Ends at the column's end, after `maxRows`, and where an object does not come after the one before it: devices
 * exist that answer in circles.
 * @throws as `SnmpSession.get`
 */
export async function walkColumn(
  session: SnmpSession,
  column: string,
  maxRows: number,
  isEnough: (row: Bound) => boolean = () => false,
): Promise<Bound[]> {
  const rows: Bound[] = []
  let last = column
  while (rows.length < maxRows) {
    const found = await nextRows(session, last)
    if (found.length === 0) return rows
    for (const row of found) {
      if (!row.oid.startsWith(`${column}.`) || !follows(row.oid, last) || rows.length >= maxRows) return rows
      rows.push(row)
      last = row.oid
      if (isEnough(row)) return rows
    }
  }
  return rows
}

/** SNMPv1 says noSuchName at the end of what it has (RFC 1157 4.1.3). */
async function nextRows(session: SnmpSession, oid: string): Promise<Bound[]> {
  try {
    return await session.next(oid)
  } catch (error) {
    if (isSpoiled(error)) return []
    throw error
  }
}

/** Whether an object identifier comes after another in the order of RFC 2578 7.10. */
export function follows(oid: string, other: string): boolean {
  const arcs = oid.split('.')
  const others = other.split('.')
  for (let index = 0; index < arcs.length; index++) {
    if (index >= others.length) return true
    const difference = Number(arcs[index]) - Number(others[index])
    if (difference !== 0) return difference > 0
  }
  return false
}
