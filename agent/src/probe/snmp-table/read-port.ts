/** From IF-MIB, BRIDGE-MIB and Q-BRIDGE-MIB to ports, and to which MAC is behind which of them. */
import type { ForwardingRow, Mac, PortRow, VlanRow } from '@ophav/shared/value'
import { arcsOf, integerOf, macOf, macOfArcs, textOf, vlanOf } from './cell.ts'
import type { INTERFACE } from './object.ts'
import type { Walked } from './walk.ts'

type Rows<Column extends string> = Walked<Column>['rows']

/** RFC 2863 ifOperStatus: up(1). */
const UP = 1

/** The interface behind each of the bridge's own port numbers. */
export function readBridgePorts(rows: Rows<'portInterface'>): Map<number, number> {
  const ports = new Map<number, number>()
  for (const [index, { portInterface }] of rows) {
    const [number] = arcsOf(index)
    const port = integerOf(portInterface)
    if (number !== undefined && port !== null) ports.set(number, port)
  }
  return ports
}

/** Bridges without that table number their ports as their interfaces. */
export const interfaceOf = (bridgePorts: ReadonlyMap<number, number>, number: number): number | null =>
  number === 0 || bridgePorts.size === 0 ? number : (bridgePorts.get(number) ?? null)

export function readPorts(
  interfaces: Rows<keyof typeof INTERFACE>,
  vlans: Rows<'ofPort'>,
  bridgePorts: ReadonlyMap<number, number>,
  bridgeAddress: Mac | null,
): PortRow[] {
  const own = new Map<number, number>()
  for (const [index, { ofPort }] of vlans) {
    const [number] = arcsOf(index)
    const port = number === undefined ? null : interfaceOf(bridgePorts, number)
    const vlan = vlanOf(ofPort)
    if (port !== null && vlan !== null) own.set(port, vlan)
  }
  const ports = [...interfaces].flatMap(([index, cells]): PortRow[] => {
    const port = integerOf(Number(index))
    if (port === null || port === 0) return []
    const name = textOf(cells.name) ?? textOf(cells.descr)
    const alias = textOf(cells.alias)
    const mac = macOf(cells.physAddress)
    const status = integerOf(cells.operStatus)
    const vlan = own.get(port)
    return [
      {
        port,
        ...(name === null ? {} : { name }),
        ...(alias === null ? {} : { alias }),
        ...(mac === null ? {} : { mac }),
        ...(status === null ? {} : { up: status === UP }),
        ...(vlan === undefined ? {} : { vlan }),
      },
    ]
  })
  return bridgeAddress === null ? ports : [{ port: 0, mac: bridgeAddress }, ...ports]
}

/** The VLAN of each forwarding database; a database that several share names none. */
export function readDatabases(rows: Rows<'database'>): Map<number, number | null> {
  const databases = new Map<number, number | null>()
  for (const [index, { database }] of rows) {
    const vlan = vlanOf(arcsOf(index)[1])
    const number = integerOf(database)
    if (vlan === null || number === null) continue
    const other = databases.get(number)
    databases.set(number, other === undefined || other === vlan ? vlan : null)
  }
  return databases
}

/**
 * @param vlanRows of Q-BRIDGE-MIB, which names the VLAN
 * @param rows of BRIDGE-MIB, for switches that have no other
 */
export function readForwarding(
  vlanRows: Rows<'forwarding'>,
  rows: Rows<'forwarding'>,
  databases: ReadonlyMap<number, number | null>,
  bridgePorts: ReadonlyMap<number, number>,
): ForwardingRow[] {
  const forwarding: ForwardingRow[] = []
  const add = (mac: Mac | null, value: unknown, vlan: number | null) => {
    const number = integerOf(value)
    const port = number === null ? null : interfaceOf(bridgePorts, number)
    if (mac === null || port === null) return
    forwarding.push({ mac, port, ...(vlan === null ? {} : { vlan }) })
  }
  for (const [index, cells] of vlanRows) {
    const [database = 0, ...arcs] = arcsOf(index)
    // Most switches number their databases as their VLANs, and some leave the other table out.
    const vlan = databases.size === 0 ? vlanOf(database) : (databases.get(database) ?? null)
    add(macOfArcs(arcs), cells.forwarding, vlan)
  }
  if (forwarding.length === 0)
    for (const [index, cells] of rows) add(macOfArcs(arcsOf(index)), cells.forwarding, null)
  return forwarding
}

export const readVlans = (rows: Rows<'name'>): VlanRow[] =>
  [...rows].flatMap(([index, cells]) => {
    const vlan = vlanOf(arcsOf(index)[0])
    const name = textOf(cells.name)
    return vlan === null || name === null ? [] : [{ vlan, name }]
  })
