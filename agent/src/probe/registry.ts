/** Every probe that this agent has, in the order in which they run: the cheapest question first. */
import { arpListen } from './arp-listen/probe.ts'
import { arp } from './arp/probe.ts'
import { cdpListen } from './cdp-listen/probe.ts'
import { dhcpListen } from './dhcp-listen/probe.ts'
import { dhcpv6Listen } from './dhcpv6-listen/probe.ts'
import { lldpListen } from './lldp-listen/probe.ts'
import { llmnrListen } from './llmnr-listen/probe.ts'
import { mdnsListen } from './mdns-listen/probe.ts'
import { mdnsUnicast } from './mdns-unicast/probe.ts'
import { mdns } from './mdns/probe.ts'
import { mndpListen } from './mndp-listen/probe.ts'
import { nbnsListen } from './nbns-listen/probe.ts'
import { ndListen } from './nd-listen/probe.ts'
import type { ListenProbe, Probe } from './probe.ts'
import { snmpEngineId } from './snmp-engine-id/probe.ts'
import { snmpSweep } from './snmp-sweep/probe.ts'
import { snmpTable } from './snmp-table/probe.ts'
import { snmp } from './snmp/probe.ts'
import { ssdpListen } from './ssdp-listen/probe.ts'
import { stpListen } from './stp-listen/probe.ts'
import { ubntListen } from './ubnt-listen/probe.ts'

export const PROBES: readonly Probe[] = [arp, snmpSweep, mdns, snmpEngineId, snmp, mdnsUnicast, snmpTable]

/** Those that send nothing: all that runs where a segment is passive. */
export const LISTEN_PROBES: readonly ListenProbe[] = [
  arpListen,
  dhcpListen,
  mdnsListen,
  ssdpListen,
  llmnrListen,
  nbnsListen,
  lldpListen,
  cdpListen,
  stpListen,
  ndListen,
  dhcpv6Listen,
  mndpListen,
  ubntListen,
]
