/** One router or switch as the others are seen from it: its tables, and what follows from them for each port. */
import { isPlaceholderMac, type Mac } from '../address/mac.ts'
import type { NetworkTable } from '../wire/table.ts'

export interface View {
  /** Whom the tables were read from; each key once. */
  key: string
  /** RFC 3339, UTC */
  readAt: string
  tables: readonly NetworkTable[]
}

type Rows<Name extends NetworkTable['table']> = Extract<NetworkTable, { table: Name }>['rows']

/** All rows of a table, of however many pages. */
export function rowsOf<Name extends NetworkTable['table']>(view: View, name: Name): Rows<Name> {
  return view.tables.flatMap(
    (table) => (table.table === name ? table.rows : []) as Rows<Name>[number][],
  ) as Rows<Name>
}

/** The MACs of the router or switch itself. */
export function ownMacs(view: View): Set<Mac> {
  const macs = rowsOf(view, 'port').flatMap(({ mac }) => (mac === undefined ? [] : [mac]))
  return new Set(macs.filter((mac) => !isPlaceholderMac(mac)))
}

/** Port 0 is the bridge itself, with the address that it is known by (RFC 4188 dot1dBaseBridgeAddress). */
export const isBridge = (view: View): boolean =>
  rowsOf(view, 'forwarding').length > 0 || rowsOf(view, 'port').some(({ port }) => port === 0)
