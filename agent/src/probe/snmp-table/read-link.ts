/** From LLDP-MIB and CISCO-CDP-MIB to who says that it is at the other end of a port's cable. */
import { parseMac, type LinkRow, type PortRow } from '@ophav/shared/value'
import { arcsOf, integerOf, ipv4Of, macOf, textOf } from './cell.ts'
import type { CDP } from './object.ts'
import { interfaceOf } from './read-port.ts'
import type { Walked } from './walk.ts'

type Capability = LinkRow['capabilities'][number]

/** IEEE 802.1AB: what an identifier is. */
const CHASSIS = { mac: 4, address: 5 } as const
const PORT = { alias: 1, mac: 3, name: 5 } as const
/** IANA address family numbers, as the first octet of such an identifier and in the index of a management address. */
const FAMILY_IPV4 = 1

/** IEEE 802.1AB LldpSystemCapabilitiesMap, whose first bit is the highest one. */
const LLDP_CAPABILITIES: readonly [bit: number, named: Capability][] = [
  [0x20, 'bridge'],
  [0x10, 'access-point'],
  [0x08, 'router'],
  [0x04, 'phone'],
  [0x01, 'station'],
]
/** CISCO-CDP-MIB cdpCacheCapabilities: router, transparent and source-route bridge, switch, host, phone. */
const CDP_CAPABILITIES: readonly [bits: number, named: Capability][] = [
  [0x01, 'router'],
  [0x02 | 0x04 | 0x08, 'bridge'],
  [0x10, 'station'],
  [0x80, 'phone'],
]

export type LldpColumn =
  | 'chassisSubtype'
  | 'chassis'
  | 'portSubtype'
  | 'port'
  | 'portDescription'
  | 'systemName'
  | 'systemDescription'
  | 'capabilities'

export interface LldpTables {
  neighbours: Walked<LldpColumn>['rows']
  localPorts: Walked<'localSubtype' | 'localPort'>['rows']
  addresses: Walked<'managementAddress'>['rows']
}

/** @param ports the switch's own, to which LLDP's numbers are brought back */
export function readLldp(
  { neighbours, localPorts, addresses }: LldpTables,
  ports: readonly PortRow[],
  bridgePorts: ReadonlyMap<number, number>,
): LinkRow[] {
  const management = readManagementAddresses(addresses)
  return [...neighbours].flatMap(([index, cells]): LinkRow[] => {
    const [, number] = arcsOf(index)
    if (number === undefined) return []
    const port = localPort(number, localPorts.get(String(number)), ports, bridgePorts)
    if (port === null) return []
    const chassis = Buffer.isBuffer(cells.chassis) ? cells.chassis : Buffer.alloc(0)
    const mac = cells.chassisSubtype === CHASSIS.mac ? macOf(chassis) : null
    const named =
      cells.chassisSubtype === CHASSIS.address && chassis[0] === FAMILY_IPV4
        ? ipv4Of(chassis.subarray(1))
        : null
    const bits = Buffer.isBuffer(cells.capabilities) ? (cells.capabilities[0] ?? 0) : 0
    return [
      toRow('lldp', port, {
        mac,
        address: management.get(index) ?? named,
        name: textOf(cells.systemName),
        remotePort:
          cells.portSubtype === PORT.mac
            ? (textOf(cells.portDescription) ?? macOf(cells.port))
            : (textOf(cells.port) ?? textOf(cells.portDescription)),
        description: textOf(cells.systemDescription, 512),
        capabilities: LLDP_CAPABILITIES.flatMap(([bit, capability]) =>
          (bits & bit) === 0 ? [] : [capability],
        ),
      }),
    ]
  })
}

/** LLDP numbers ports as it likes: its own table says which one is meant, by name, by MAC or by nothing else. */
function localPort(
  number: number,
  local: { localSubtype?: unknown; localPort?: unknown } | undefined,
  ports: readonly PortRow[],
  bridgePorts: ReadonlyMap<number, number>,
): number | null {
  const text = textOf(local?.localPort)
  const mac = macOf(local?.localPort)
  const subtype = local?.localSubtype
  const named =
    subtype === PORT.mac
      ? ports.find((row) => row.port !== 0 && row.mac !== undefined && row.mac === mac)
      : subtype === PORT.alias
        ? ports.find((row) => row.alias !== undefined && row.alias === text)
        : text === null
          ? undefined
          : ports.find((row) => row.name === text)
  if (named) return named.port
  if (ports.some((row) => row.port === number)) return number
  return bridgePorts.has(number) ? interfaceOf(bridgePorts, number) : integerOf(number)
}

/** The first address of each neighbour, by the neighbour's index. */
function readManagementAddresses(rows: LldpTables['addresses']): Map<string, string> {
  const addresses = new Map<string, string>()
  for (const index of rows.keys()) {
    const [time, port, neighbour, family, length, ...octets] = arcsOf(index)
    const address = family === FAMILY_IPV4 && length === octets.length ? ipv4Of(octets) : null
    const key = `${time}.${port}.${neighbour}`
    if (address !== null && !addresses.has(key)) addresses.set(key, address)
  }
  return addresses
}

/** CISCO-CDP-MIB CiscoNetworkProtocol: ip(1). */
const CDP_IP = 1

/** What Cisco's phones call themselves: SEP and their MAC. */
const PHONE_NAME = /^SEP([0-9A-F]{12})$/

export const readCdp = (rows: Walked<keyof typeof CDP>['rows']): LinkRow[] =>
  [...rows].flatMap(([index, cells]): LinkRow[] => {
    const port = integerOf(arcsOf(index)[0])
    if (port === null) return []
    const name = textOf(cells.deviceId)
    const octets = Buffer.isBuffer(cells.capabilities) ? cells.capabilities : Buffer.alloc(0)
    const bits = octets.length >= 4 ? octets.readUInt32BE(0) : 0
    return [
      toRow('cdp', port, {
        mac: name === null ? null : parseMac(PHONE_NAME.exec(name)?.[1] ?? name),
        address:
          cells.addressType === CDP_IP && Buffer.isBuffer(cells.address) ? ipv4Of(cells.address) : null,
        name,
        remotePort: textOf(cells.port),
        description: textOf(cells.platform, 512),
        capabilities: CDP_CAPABILITIES.flatMap(([mask, capability]) =>
          (bits & mask) === 0 ? [] : [capability],
        ),
      }),
    ]
  })

type Known = { [Field in 'mac' | 'address' | 'name' | 'remotePort' | 'description']: string | null }

/** What is not known is left out. */
function toRow(
  protocol: LinkRow['protocol'],
  port: number,
  { capabilities, ...known }: Known & { capabilities: Capability[] },
): LinkRow {
  const fields = Object.entries(known).filter(([, value]) => value !== null)
  return { protocol, port, ...Object.fromEntries(fields), capabilities }
}
