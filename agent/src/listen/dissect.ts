/**
 * From a frame to the packet in it and the word for its kind: Ethernet II, 802.3 with LLC and SNAP, tags, IPv4, IPv6,
 * UDP, ICMPv6. What is cut short or carries something else is nobody's.
 */
import { formatIpv4, formatIpv6, formatMac } from '@ophav/shared/value'
import type { FrameWish } from '../net/wish.ts'
import type { Packet } from '../probe/packet.ts'

export interface Dissected {
  key: string
  packet: Packet
}

/** The words under which a probe's packets are handed to it. */
export const keysOf = (wish: FrameWish): string[] => [
  ...(wish.etherTypes ?? []).map((type) => `ether ${type}`),
  ...(wish.llc ?? []).map((points) => `llc ${points}`),
  ...(wish.ciscoSnap ?? []).map((protocol) => `snap ${protocol}`),
  ...(wish.udpPorts ?? []).map((port) => `udp ${port}`),
  ...(wish.icmpv6Types ?? []).map((type) => `icmpv6 ${type}`),
]

/** IEEE 802.1Q and 802.1ad. */
const VLAN_TYPES = new Set([0x8100, 0x88a8])
/** Two tags are usual in a provider's network; more are an attempt to exhaust a reader. */
const MAX_TAGS = 2
const VLAN_MASK = 0x0fff
const MAX_LENGTH_FIELD = 1500
const ETHERTYPE_IPV4 = 0x0800
const ETHERTYPE_IPV6 = 0x86dd
const PROTOCOL_UDP = 17
const PROTOCOL_ICMPV6 = 58
const HEADER_HOP_BY_HOP = 0
const IPV6_OCTETS = 40

/**
 * @param vlan of the tag that the kernel has taken off
 * @returns null for what no probe can want
 */
export function dissect(frame: Buffer, vlan: number | null): Dissected | null {
  let at = 12
  let tag = vlan
  for (let tags = 0; frame.length >= at + 4 && VLAN_TYPES.has(frame.readUInt16BE(at)); tags++) {
    if (tags === MAX_TAGS) return null
    tag = frame.readUInt16BE(at + 2) & VLAN_MASK
    at += 4
  }
  if (frame.length < at + 2) return null
  const packet: Packet = {
    source: formatMac(frame, 6),
    vlan: tag,
    sourceAddress: null,
    sourcePort: 0,
    destinationPort: 0,
    hopLimit: 0,
    payload: frame.subarray(at + 2),
  }
  const type = frame.readUInt16BE(at)
  if (type === ETHERTYPE_IPV4) return dissectIpv4(packet)
  if (type === ETHERTYPE_IPV6) return dissectIpv6(packet)
  return type > MAX_LENGTH_FIELD ? { key: `ether ${type}`, packet } : dissectLlc(packet, type)
}

/** IEEE 802.2: two access points and a control field; behind AA AA 03 stand organisation and protocol (SNAP). */
function dissectLlc(packet: Packet, length: number): Dissected | null {
  const { payload } = packet
  if (payload.length < 3) return null
  const points = payload.readUInt16BE(0)
  // What a short frame is padded with is not the packet's.
  const end = Math.min(payload.length, length)
  if (points !== 0xaaaa)
    return { key: `llc ${points}`, packet: { ...packet, payload: payload.subarray(3, end) } }
  if (payload.length < 8 || payload.readUInt32BE(2) !== 0x0300000c) return null
  return { key: `snap ${payload.readUInt16BE(6)}`, packet: { ...packet, payload: payload.subarray(8, end) } }
}

/** RFC 791. Fragments are nobody's: who announces himself needs one datagram. */
function dissectIpv4(packet: Packet): Dissected | null {
  const { payload } = packet
  if (payload.length < 20 || (payload[0] ?? 0) >> 4 !== 4) return null
  const header = ((payload[0] ?? 0) & 0x0f) * 4
  const end = Math.min(payload.length, payload.readUInt16BE(2))
  if (header < 20 || end < header || payload[9] !== PROTOCOL_UDP || (payload.readUInt16BE(6) & 0x3fff) !== 0)
    return null
  return dissectUdp({
    ...packet,
    sourceAddress: formatIpv4(payload.readUInt32BE(12)),
    hopLimit: payload[8] ?? 0,
    payload: payload.subarray(header, end),
  })
}

/** RFC 8200. Of extension headers only the hop-by-hop header of MLD is read. */
function dissectIpv6(packet: Packet): Dissected | null {
  const { payload } = packet
  if (payload.length < IPV6_OCTETS || (payload[0] ?? 0) >> 4 !== 6) return null
  const end = Math.min(payload.length, IPV6_OCTETS + payload.readUInt16BE(4))
  let next = payload[6] ?? 0
  let start = IPV6_OCTETS
  if (next === HEADER_HOP_BY_HOP) {
    if (end < start + 8 || payload[start + 1] !== 0) return null
    next = payload[start] ?? 0
    start += 8
  }
  const inner: Packet = {
    ...packet,
    sourceAddress: formatIpv6(payload, 8),
    hopLimit: payload[7] ?? 0,
    payload: payload.subarray(start, end),
  }
  if (next === PROTOCOL_UDP) return dissectUdp(inner)
  if (next !== PROTOCOL_ICMPV6 || inner.payload.length < 8) return null
  return { key: `icmpv6 ${inner.payload[0]}`, packet: inner }
}

/** RFC 768. */
function dissectUdp(packet: Packet): Dissected | null {
  const { payload } = packet
  if (payload.length < 8) return null
  const end = Math.min(payload.length, payload.readUInt16BE(4))
  if (end < 8) return null
  const destinationPort = payload.readUInt16BE(2)
  return {
    key: `udp ${destinationPort}`,
    packet: {
      ...packet,
      sourcePort: payload.readUInt16BE(0),
      destinationPort,
      payload: payload.subarray(8, end),
    },
  }
}
