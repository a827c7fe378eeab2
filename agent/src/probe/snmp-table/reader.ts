/** Walks the tables of one router or switch within the share that the device has. */
import type { Cut, NetworkTable } from '@ophav/shared/value'
import type { SnmpSession } from '../snmp/session.ts'
import { MAX_SILENT_TABLES, OBJECTS, type Limits } from './limit.ts'
import { walkTable, type Walked } from './walk.ts'

/** What was not asked for, because another table has said it. */
export const EMPTY: Walked<never> = { rows: new Map(), cut: null }

/** Some columns of a table. */
export function pick<Column extends string, Name extends Column>(
  columns: Readonly<Record<Column, string>>,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as Record<Name, string>
}

/** Asks for one table after the other, within the limits of the device, and notes what was cut. */
export class Reader {
  /** The first reason for each table. */
  readonly cuts = new Map<NetworkTable['table'], Cut>()
  readonly #session: SnmpSession
  readonly #limits: Limits
  readonly #until: number
  #silent = 0

  constructor(session: SnmpSession, limits: Limits) {
    this.#session = session
    this.#limits = limits
    this.#until = performance.now() + limits.deviceMs
  }

  /** Nothing more is asked of a device that has fallen silent; what it is not asked for is cut as well. */
  async walk<Column extends string>(
    table: NetworkTable['table'],
    columns: Readonly<Record<Column, string>>,
    size: keyof typeof OBJECTS,
    session: SnmpSession = this.#session,
  ): Promise<Walked<Column>> {
    const { rows, tableMs } = this.#limits
    const until = Math.min(this.#until, performance.now() + tableMs)
    const given: Cut | null = this.#silent >= MAX_SILENT_TABLES ? 'silence' : session.isClosed ? 'time' : null
    const walked: Walked<Column> =
      given !== null
        ? { rows: new Map(), cut: given }
        : await walkTable(session, columns, { rows, objects: OBJECTS[size], until })
    if (walked.cut === 'silence') this.#silent++
    if (walked.cut !== null) this.note(table, walked.cut)
    return walked
  }

  note(table: NetworkTable['table'], cut: Cut): void {
    if (!this.cuts.has(table)) this.cuts.set(table, cut)
  }

  /** Several MIBs may fill one table: together they keep within its rows. */
  bounded(table: NetworkTable): NetworkTable {
    const { rows } = this.#limits
    if (table.rows.length > rows) this.note(table.table, 'rows')
    const cut = this.cuts.get(table.table)
    return {
      ...table,
      rows: table.rows.slice(0, rows),
      ...(cut === undefined ? {} : { cut }),
    } as NetworkTable
  }
}
