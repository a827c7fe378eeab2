/** For tests: the objects of a small access switch with VLANs, as its MIBs have them, and what was read of it. */
import type { NetworkTable, SnmpCredential } from '@ophav/shared'
import type { ProbeResult } from '../probe.ts'
import { number, octets, text, type Objects } from '../snmp-agent.testkit.ts'

const IF = '1.3.6.1.2.1.2.2.1'
const IFX = '1.3.6.1.2.1.31.1.1.1'
const LLDP_LOCAL = '1.0.8802.1.1.2.1.3.7.1'
const LLDP_REMOTE = '1.0.8802.1.1.2.1.4.1.1'
const CDP = '1.3.6.1.4.1.9.9.23.1.2.1.1'

export const SWITCH_MAC = '2c3f380000ff'

/** Bridge ports 1 to 4 are interfaces 10101 to 10104, as Cisco numbers them. */
const interfaces = [1, 2, 3, 4].flatMap((port): [string, Buffer][] => {
  const index = 10_100 + port
  return [
    [`${IF}.2.${index}`, text(`GigabitEthernet1/0/${port}`)],
    [`${IF}.6.${index}`, octets(`2c3f3800000${port}`)],
    [`${IF}.8.${index}`, number(port === 4 ? 2 : 1)],
    [`${IFX}.1.${index}`, text(`Gi1/0/${port}`)],
    [`${IFX}.18.${index}`, text(port === 1 ? 'Kamera, indgang' : '')],
    [`1.3.6.1.2.1.17.1.4.1.2.${port}`, number(index)],
    [`1.3.6.1.2.1.17.7.1.4.5.1.1.${port}`, number(20)],
  ]
})

/** 44:19:b6:00:00:07 is 68.25.182.0.0.7 as an index. */
const fdb = (database: number, last: number, port: number): [string, Buffer] => [
  `1.3.6.1.2.1.17.7.1.2.2.1.2.${database}.68.25.182.0.0.${last}`,
  number(port),
]

export const SWITCH: Objects = Object.fromEntries([
  ['1.3.6.1.2.1.1.7.0', number(2)],
  ['1.3.6.1.2.1.17.1.1.0', octets(SWITCH_MAC)],
  ['1.3.6.1.2.1.17.1.2.0', number(4)],
  ...interfaces,
  // Forwarding database 3 is VLAN 20.
  ['1.3.6.1.2.1.17.7.1.4.2.1.3.0.20', number(3)],
  ['1.3.6.1.2.1.17.7.1.4.3.1.1.20', text('kamera')],
  fdb(3, 7, 1),
  fdb(3, 8, 2),
  fdb(3, 9, 0),
  ['1.3.6.1.2.1.4.35.1.4.10104.1.4.10.0.0.7', octets('4419b6000007')],
  ['1.3.6.1.2.1.4.35.1.4.10104.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1', octets('4419b6000007')],
  ['1.3.6.1.2.1.4.20.1.2.10.0.0.1', number(10_104)],
  ['1.3.6.1.2.1.4.20.1.2.10.9.0.1', number(10_104)],
  // LLDP numbers its ports on its own: 49 is the one with the name Gi1/0/3.
  [`${LLDP_LOCAL}.2.49`, number(5)],
  [`${LLDP_LOCAL}.3.49`, text('Gi1/0/3')],
  [`${LLDP_REMOTE}.4.0.49.1`, number(4)],
  [`${LLDP_REMOTE}.5.0.49.1`, octets('2c3f38000100')],
  [`${LLDP_REMOTE}.6.0.49.1`, number(5)],
  [`${LLDP_REMOTE}.7.0.49.1`, text('Te1/1')],
  [`${LLDP_REMOTE}.9.0.49.1`, text('sw-kerne')],
  [`${LLDP_REMOTE}.10.0.49.1`, text('Core switch')],
  [`${LLDP_REMOTE}.12.0.49.1`, octets('28')],
  ['1.0.8802.1.1.2.1.4.2.1.3.0.49.1.1.4.10.0.0.2', number(2)],
  [`${CDP}.3.10102.1`, number(1)],
  [`${CDP}.4.10102.1`, octets('0a000008')],
  [`${CDP}.6.10102.1`, text('SEP4419B6000008')],
  [`${CDP}.7.10102.1`, text('Port 1')],
  [`${CDP}.8.10102.1`, text('Cisco IP Phone 8841')],
  [`${CDP}.9.10102.1`, octets('00000490')],
])

export const ADDRESS = '10.0.0.1'
export const COMMUNITY: SnmpCredential = { version: '2c', community: 'public' }

export const rows = <Name extends NetworkTable['table']>(result: ProbeResult, name: Name) =>
  result.tables?.find((table) => table.table === name)?.rows as Extract<NetworkTable, { table: Name }>['rows']

export const cutsOf = (result: ProbeResult) =>
  Object.fromEntries(
    result.tables?.flatMap(({ table, cut }) => (cut === undefined ? [] : [[table, cut]])) ?? [],
  )

/** As it goes over the wire, in one page. */
export const page = (table: NetworkTable): unknown => ({
  type: 'table',
  segment: 'kamera',
  probe: 'snmp-table',
  subject: { address: ADDRESS },
  observedAt: '2026-01-02T03:04:05.000Z',
  page: 0,
  pages: 1,
  ...table,
})
