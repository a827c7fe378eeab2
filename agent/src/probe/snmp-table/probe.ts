/** Reads from routers and switches whom they know, on which port and in which VLAN. */
import type { AskProbe } from '../probe.ts'
import { SNMP_PORT } from '../snmp/bound.ts'
import { LIMITS } from './limit.ts'

export const snmpTable: AskProbe = {
  kind: 'ask',
  after: 'snmp-sweep',
  name: 'snmp-table',
  title: 'SNMP: tables of routers and switches',
  transport: 'udp',
  ports: [SNMP_PORT],
  privilege: 'none',
  packetsPerDevice: LIMITS.packets,
  yields: ['mac', 'snmp.ownAddress', 'snmp.incomplete'],
  // Loading net-snmp takes longer than sweeping a /24: only those who ask pay for it.
  ask: async (address, context) => (await import('./ask.ts')).ask(address, context),
}
