/** The tables of routers and switches: which columns are read. */

/** What tells a router or switch from everybody else. */
export const NATURE = {
  /** RFC 3418 sysServices: the bits of layer 2 and layer 3. */
  services: '1.3.6.1.2.1.1.7.0',
  layers: 0x02 | 0x04,
  /** RFC 4293 ipForwarding: 1 is forwarding(1). */
  forwarding: '1.3.6.1.2.1.4.1.0',
  /** RFC 4188 dot1dBaseNumPorts and dot1dBaseBridgeAddress. */
  bridgePorts: '1.3.6.1.2.1.17.1.2.0',
  bridgeAddress: '1.3.6.1.2.1.17.1.1.0',
} as const

/** RFC 2863 IF-MIB; the index is ifIndex. */
export const INTERFACE = {
  name: '1.3.6.1.2.1.31.1.1.1.1',
  alias: '1.3.6.1.2.1.31.1.1.1.18',
  descr: '1.3.6.1.2.1.2.2.1.2',
  physAddress: '1.3.6.1.2.1.2.2.1.6',
  operStatus: '1.3.6.1.2.1.2.2.1.8',
} as const

/** RFC 4188 BRIDGE-MIB. */
export const BRIDGE = {
  /** dot1dBasePortIfIndex; the index is the bridge's own number of the port. */
  portInterface: '1.3.6.1.2.1.17.1.4.1.2',
  /** dot1dTpFdbPort; the index is the MAC. */
  forwarding: '1.3.6.1.2.1.17.4.3.1.2',
} as const

/** RFC 4363 Q-BRIDGE-MIB. */
export const VLAN = {
  /** dot1qTpFdbPort; the index is the forwarding database's number and the MAC. */
  forwarding: '1.3.6.1.2.1.17.7.1.2.2.1.2',
  /** dot1qVlanFdbId; the index is a time and the VLAN. */
  database: '1.3.6.1.2.1.17.7.1.4.2.1.3',
  /** dot1qVlanStaticName; the index is the VLAN. */
  name: '1.3.6.1.2.1.17.7.1.4.3.1.1',
  /** dot1qPvid; the index is the bridge's own number of the port. */
  ofPort: '1.3.6.1.2.1.17.7.1.4.5.1.1',
} as const

/** RFC 4293 IP-MIB. */
export const ADDRESS = {
  /** ipNetToPhysicalPhysAddress; the index is ifIndex, the address's type, length and octets. */
  physical: '1.3.6.1.2.1.4.35.1.4',
  /** ipNetToMediaPhysAddress, its predecessor; the index is ifIndex and the address. */
  media: '1.3.6.1.2.1.4.22.1.2',
  /** ipAdEntIfIndex; the index is an address of the device's own. */
  own: '1.3.6.1.2.1.4.20.1.2',
} as const

/** IEEE 802.1AB LLDP-MIB; the index of a neighbour is a time, the local port's number and the neighbour's. */
export const LLDP = {
  /** lldpLocPortIdSubtype and lldpLocPortId; the index is the local port's number. */
  localSubtype: '1.0.8802.1.1.2.1.3.7.1.2',
  localPort: '1.0.8802.1.1.2.1.3.7.1.3',
  chassisSubtype: '1.0.8802.1.1.2.1.4.1.1.4',
  chassis: '1.0.8802.1.1.2.1.4.1.1.5',
  portSubtype: '1.0.8802.1.1.2.1.4.1.1.6',
  port: '1.0.8802.1.1.2.1.4.1.1.7',
  portDescription: '1.0.8802.1.1.2.1.4.1.1.8',
  systemName: '1.0.8802.1.1.2.1.4.1.1.9',
  systemDescription: '1.0.8802.1.1.2.1.4.1.1.10',
  capabilities: '1.0.8802.1.1.2.1.4.1.1.12',
  /** lldpRemManAddrIfSubtype: the address stands in the index, behind the neighbour's. */
  managementAddress: '1.0.8802.1.1.2.1.4.2.1.3',
} as const

/** CISCO-CDP-MIB cdpCacheTable; the index is ifIndex and the neighbour's number. */
export const CDP = {
  addressType: '1.3.6.1.4.1.9.9.23.1.2.1.1.3',
  address: '1.3.6.1.4.1.9.9.23.1.2.1.1.4',
  deviceId: '1.3.6.1.4.1.9.9.23.1.2.1.1.6',
  port: '1.3.6.1.4.1.9.9.23.1.2.1.1.7',
  platform: '1.3.6.1.4.1.9.9.23.1.2.1.1.8',
  capabilities: '1.3.6.1.4.1.9.9.23.1.2.1.1.9',
} as const

/** CISCO-VTP-MIB vtpVlanTable; the index is a management domain and the VLAN. */
export const VTP = {
  state: '1.3.6.1.4.1.9.9.46.1.3.1.1.2',
  type: '1.3.6.1.4.1.9.9.46.1.3.1.1.3',
  name: '1.3.6.1.4.1.9.9.46.1.3.1.1.4',
} as const
