/** Hears DHCPv6 (RFC 8415): clients that look for a server say their name, class and lasting identifier. */
import { EvidenceList, readMac, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

/** RFC 8415 7.3: solicit, request, confirm, renew, rebind, release, decline, information-request. */
const FROM_CLIENT = new Set([1, 3, 4, 5, 6, 8, 9, 11])
const HEADER_OCTETS = 4
const CLIENT_ID = 1
const VENDOR_CLASS = 16
/** RFC 4704. */
const CLIENT_NAME = 39
/** RFC 8415 11.2 and 11.4: identifiers that hold a link-layer address, and where it begins. */
const MAC_OFFSET: Readonly<Record<number, number>> = { 1: 8, 3: 4 }
const MAX_OPTIONS = 64

export const dhcpv6Listen: ListenProbe = {
  kind: 'listen',
  name: 'dhcpv6-listen',
  title: 'DHCPv6, heard',
  transport: 'udp',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'dhcp.duid', 'dhcp.hostname', 'dhcp.vendorClass'],
  wish: { udpPorts: [547], groups: ['33:33:00:01:00:02'] },
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  if (payload.length < HEADER_OCTETS) return 'malformed'
  if (!FROM_CLIENT.has(payload[0] ?? 0)) return []
  const list = new EvidenceList().addMac(source)
  for (let at = HEADER_OCTETS, count = 0; at + 4 <= payload.length && count < MAX_OPTIONS; count++) {
    const code = payload.readUInt16BE(at)
    const end = at + 4 + payload.readUInt16BE(at + 2)
    if (end > payload.length) break
    const value = payload.subarray(at + 4, end)
    at = end
    if (code === CLIENT_ID && value.length >= 2) {
      const offset = MAC_OFFSET[value.readUInt16BE(0)]
      list.add('dhcp.duid', value.toString('hex'))
      // RFC 8415 11.2: type 1 is Ethernet. It may be another card of the same machine.
      if (offset !== undefined && value.length === offset + 6 && value.readUInt16BE(2) === 1)
        list.addMac(readMac(value.subarray(offset)))
    } else if (code === CLIENT_NAME) list.add('dhcp.hostname', readName(value.subarray(1)))
    else if (code === VENDOR_CLASS) list.add('dhcp.vendorClass', readClass(value))
  }
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}

/** Labels of DNS (RFC 1035 3.1), never compressed. */
function readName(octets: Buffer): string {
  const labels: string[] = []
  for (let at = 0; at < octets.length;) {
    const length = octets[at] ?? 0
    if (length === 0 || length > 63 || at + 1 + length > octets.length) break
    labels.push(readText(octets.subarray(at + 1, at + 1 + length)))
    at += 1 + length
  }
  return labels.join('.')
}

/** An enterprise number, then texts with their lengths; the first says it. */
function readClass(value: Buffer): string | null {
  if (value.length < 6) return null
  return readText(value.subarray(6, 6 + value.readUInt16BE(4)))
}
