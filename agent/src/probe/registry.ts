/** Every probe that this agent has, in the order in which they run: the cheapest question first. */
import { arp } from './arp/probe.ts'
import { icmpEcho } from './icmp-echo/probe.ts'
import { ipv6Neighbour } from './ipv6-neighbour/probe.ts'
import { mdnsUnicast } from './mdns-unicast/probe.ts'
import { mdns } from './mdns/probe.ts'
import type { Probe } from './probe.ts'
import { snmpEngineId } from './snmp-engine-id/probe.ts'
import { snmpSweep } from './snmp-sweep/probe.ts'
import { snmpTable } from './snmp-table/probe.ts'
import { snmp } from './snmp/probe.ts'

export const PROBES: readonly Probe[] = [
  arp,
  ipv6Neighbour,
  icmpEcho,
  snmpSweep,
  mdns,
  snmpEngineId,
  snmp,
  mdnsUnicast,
  snmpTable,
]
