/** Reads all tables of one router or switch, one after the other, within its share. */
import type { Cut, Mac, NetworkTable } from '@ophav/shared/value'
import type { SnmpSession } from '../snmp/session.ts'
import { MAX_SILENT_TABLES, OBJECTS, type Limits } from './limit.ts'
import { ADDRESS, BRIDGE, CDP, INTERFACE, LLDP, VLAN } from './object.ts'
import { readAddresses, readOwnAddresses } from './read-address.ts'
import { readCdp, readLldp } from './read-link.ts'
import { readBridgePorts, readDatabases, readForwarding, readPorts, readVlans } from './read-port.ts'
import { walkTable, type Walked } from './walk.ts'

export interface Reading {
  /** All five, in the order in which they are told. */
  tables: NetworkTable[]
  ownAddresses: string[]
  /** The router's or switch's word for what was not read to its end. */
  cuts: { table: NetworkTable['table']; cut: Cut }[]
}

/** @param address the bridge's own, where it has told one */
export async function readTables(
  session: SnmpSession,
  address: Mac | null,
  limits: Limits,
): Promise<Reading> {
  const reader = new Reader(session, limits)
  const bridgePorts = readBridgePorts(
    (await reader.walk('port', pick(BRIDGE, 'portInterface'), 'number')).rows,
  )
  const ofPort = await reader.walk('port', pick(VLAN, 'ofPort'), 'number')
  const ports = readPorts(
    (await reader.walk('port', INTERFACE, 'text')).rows,
    ofPort.rows,
    bridgePorts,
    address,
  )
  const forwarding = await readForwardingTable(reader, bridgePorts)
  const localPorts = await reader.walk('link', pick(LLDP, 'localSubtype', 'localPort'), 'text')
  const neighbours = await reader.walk('link', NEIGHBOUR, 'text')
  const addresses = await reader.walk('link', pick(LLDP, 'managementAddress'), 'text')
  const lldp = { neighbours: neighbours.rows, localPorts: localPorts.rows, addresses: addresses.rows }
  const cdp = await reader.walk('link', CDP, 'text')
  const vlans = readVlans((await reader.walk('vlan', pick(VLAN, 'name'), 'text')).rows)
  const physical = await reader.walk('address', pick(ADDRESS, 'physical'), 'number')
  const media =
    physical.rows.size > 0 ? EMPTY : await reader.walk('address', pick(ADDRESS, 'media'), 'number')
  const own = await reader.walk('address', pick(ADDRESS, 'own'), 'number')
  const tables: NetworkTable[] = [
    { table: 'port', rows: ports },
    { table: 'vlan', rows: vlans },
    { table: 'forwarding', rows: forwarding },
    { table: 'address', rows: readAddresses(physical.rows, media.rows) },
    { table: 'link', rows: [...readLldp(lldp, ports, bridgePorts), ...readCdp(cdp.rows)] },
  ]
  return {
    tables: tables.map((table) => reader.bounded(table)),
    ownAddresses: readOwnAddresses(own.rows),
    cuts: [...reader.cuts].map(([table, cut]) => ({ table, cut })),
  }
}

/** Where VLANs have tables of their own, that of BRIDGE-MIB repeats a part of them. */
async function readForwardingTable(reader: Reader, bridgePorts: ReadonlyMap<number, number>) {
  const databases = await reader.walk('forwarding', pick(VLAN, 'database'), 'number')
  const ofVlans = await reader.walk('forwarding', pick(VLAN, 'forwarding'), 'number')
  const plain =
    ofVlans.rows.size > 0 ? EMPTY : await reader.walk('forwarding', pick(BRIDGE, 'forwarding'), 'number')
  return readForwarding(ofVlans.rows, plain.rows, readDatabases(databases.rows), bridgePorts)
}

const EMPTY: Walked<never> = { rows: new Map(), cut: null }

const NEIGHBOUR = pick(
  LLDP,
  'chassisSubtype',
  'chassis',
  'portSubtype',
  'port',
  'portDescription',
  'systemName',
  'systemDescription',
  'capabilities',
)

function pick<Column extends string, Name extends Column>(
  columns: Readonly<Record<Column, string>>,
  ...names: readonly Name[]
): Readonly<Record<Name, string>> {
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as Record<Name, string>
}

class Reader {
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
  ): Promise<Walked<Column>> {
    const { rows, tableMs } = this.#limits
    const until = Math.min(this.#until, performance.now() + tableMs)
    const given: Cut | null =
      this.#silent >= MAX_SILENT_TABLES ? 'silence' : this.#session.isClosed ? 'time' : null
    const walked: Walked<Column> =
      given !== null
        ? { rows: new Map(), cut: given }
        : await walkTable(this.#session, columns, { rows, objects: OBJECTS[size], until })
    if (walked.cut === 'silence') this.#silent++
    if (walked.cut !== null && !this.cuts.has(table)) this.cuts.set(table, walked.cut)
    return walked
  }

  /** Several MIBs may fill one table: together they keep within its rows. */
  bounded(table: NetworkTable): NetworkTable {
    const { rows } = this.#limits
    if (table.rows.length > rows && !this.cuts.has(table.table)) this.cuts.set(table.table, 'rows')
    const cut = this.cuts.get(table.table)
    return {
      ...table,
      rows: table.rows.slice(0, rows),
      ...(cut === undefined ? {} : { cut }),
    } as NetworkTable
  }
}
