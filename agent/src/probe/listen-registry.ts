/** Every probe that sends nothing: they run where a segment is passive, and beside a scan that names them. */
import { arpListen } from './arp-listen/probe.ts'
import { cdpListen } from './cdp-listen/probe.ts'
import { dhcpListen } from './dhcp-listen/probe.ts'
import { dhcpv6Listen } from './dhcpv6-listen/probe.ts'
import { lldpListen } from './lldp-listen/probe.ts'
import { llmnrListen } from './llmnr-listen/probe.ts'
import { mdnsListen } from './mdns-listen/probe.ts'
import { mndpListen } from './mndp-listen/probe.ts'
import { nbnsListen } from './nbns-listen/probe.ts'
import { ndListen } from './nd-listen/probe.ts'
import type { ListenProbe } from './probe.ts'
import { ssdpListen } from './ssdp-listen/probe.ts'
import { stpListen } from './stp-listen/probe.ts'
import { ubntListen } from './ubnt-listen/probe.ts'

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
