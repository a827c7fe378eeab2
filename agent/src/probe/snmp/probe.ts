/** Asks a device over SNMP who made it, with the credentials that the policy gives. */
import type { AskProbe } from '../probe.ts'
import { MAX_PACKETS, SNMP_PORT } from './bound.ts'

export const snmp: AskProbe = {
  kind: 'ask',
  after: 'snmp-sweep',
  name: 'snmp',
  title: 'SNMP: system, entity, vendor objects',
  transport: 'udp',
  ports: [SNMP_PORT],
  privilege: 'none',
  packetsPerDevice: MAX_PACKETS,
  yields: [
    'snmp.sysDescr',
    'snmp.sysObjectID',
    'snmp.sysName',
    'snmp.sysServices',
    'snmp.scalar',
    'snmp.printerSerial',
    'snmp.entity',
    'snmp.hrDeviceDescr',
    'mac',
  ],
  // Loading net-snmp takes longer than sweeping a /24: only those who ask pay for it.
  ask: async (address, context) => (await import('./ask.ts')).ask(address, context),
}
