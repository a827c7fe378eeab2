/** Reads all tables of one router or switch, one after the other, within its share. */
import type { Cut, Mac, NetworkTable } from '@ophav/shared/value'
import type { InVlan } from '../snmp/open.ts'
import type { SnmpSession } from '../snmp/session.ts'
import type { Limits } from './limit.ts'
import { ADDRESS, BRIDGE, CDP, INTERFACE, LLDP, VLAN, VTP } from './object.ts'
import { readAddresses, readOwnAddresses } from './read-address.ts'
import { readCdp, readLldp } from './read-link.ts'
import { readBridgePorts, readDatabases, readForwarding, readPorts, readVlans } from './read-port.ts'
import { readOfVlans, readVtp } from './read-vlan.ts'
import { EMPTY, pick, Reader } from './reader.ts'

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
  inVlan: InVlan,
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
  const common = await readForwardingTable(reader, bridgePorts)
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
  const vtp = vlans.length > 0 ? [] : readVtp((await reader.walk('vlan', VTP, 'text')).rows)
  // Who names no VLAN in its table may keep one for each; last, because not every credential opens them.
  const ofVlans = common.every(({ vlan }) => vlan === undefined) ? await readOfVlans(reader, vtp, inVlan) : []
  // What such a switch shows without a VLAN is VLAN 1 once more.
  const forwarding = ofVlans.length > 0 ? ofVlans : common
  const tables: NetworkTable[] = [
    { table: 'port', rows: ports },
    { table: 'vlan', rows: [...vlans, ...vtp] },
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
