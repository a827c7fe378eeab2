/** Who speaks in an ICMPv6 frame, and from which MAC: answers, advertisements, solicitations and reports of groups. */
import { formatMac, IPV6_OCTETS, type Mac } from '@ophav/shared/value'
import { HOP_LIMIT, PACKET_OFFSET } from './frame.ts'

const ETHERTYPE_IPV6 = 0x86dd
const HOP_BY_HOP = 0
const ICMPV6 = 58
const HEADER_OCTETS = 40

/** RFC 4443, RFC 4861, RFC 2710, RFC 3810. */
const ECHO_REPLY = 129
const MLD_REPORT = 131
const ROUTER_SOLICITATION = 133
const ROUTER_ADVERTISEMENT = 134
const NEIGHBOUR_SOLICITATION = 135
const NEIGHBOUR_ADVERTISEMENT = 136
const MLD2_REPORT = 143

/** RFC 4861 4.6.1. */
const TARGET_LINK_LAYER = 2

export interface Ipv6Speaker {
  mac: Mac
  /** Sixteen octets of its own. */
  address: Uint8Array
  /** The identifier of an echo reply; null for what nobody need have asked for. */
  echo: number | null
}

/** @returns null for what is no such message, is cut short, came through a router, or has no address yet */
export function readSpeaker(frame: Buffer): Ipv6Speaker | null {
  if (frame.length < PACKET_OFFSET + HEADER_OCTETS || frame.readUInt16BE(12) !== ETHERTYPE_IPV6) return null
  if ((frame[PACKET_OFFSET] ?? 0) >>> 4 !== 6) return null
  const message = messageOffset(frame)
  if (message < 0 || frame.length < message + 8) return null
  const hopLimit = frame[PACKET_OFFSET + 7]
  const source = frame.subarray(PACKET_OFFSET + 8, PACKET_OFFSET + 8 + IPV6_OCTETS)
  const type = frame[message] ?? 0
  const speaker = (address: Uint8Array, mac = formatMac(frame, 6), echo: number | null = null) =>
    isUnicast(address) && ((frame[6] ?? 1) & 1) === 0
      ? { mac, address: Uint8Array.from(address), echo }
      : null
  switch (type) {
    case ECHO_REPLY:
      return speaker(source, formatMac(frame, 6), frame.readUInt16BE(message + 4))
    case MLD_REPORT:
    case MLD2_REPORT:
      return speaker(source)
    case ROUTER_SOLICITATION:
    case ROUTER_ADVERTISEMENT:
    case NEIGHBOUR_SOLICITATION:
      return hopLimit === HOP_LIMIT ? speaker(source) : null
    case NEIGHBOUR_ADVERTISEMENT: {
      if (hopLimit !== HOP_LIMIT || frame.length < message + 8 + IPV6_OCTETS) return null
      const target = frame.subarray(message + 8, message + 8 + IPV6_OCTETS)
      return speaker(target, linkLayerOption(frame, message + 8 + IPV6_OCTETS) ?? formatMac(frame, 6))
    }
    default:
      return null
  }
}

/** Where the ICMPv6 message begins, behind a hop-by-hop header if there is one (reports of groups: RFC 3810 5); or -1. */
function messageOffset(frame: Buffer): number {
  const behind = PACKET_OFFSET + HEADER_OCTETS
  const next = frame[PACKET_OFFSET + 6]
  if (next === ICMPV6) return behind
  if (next !== HOP_BY_HOP || frame.length < behind + 8 || frame[behind] !== ICMPV6) return -1
  return behind + ((frame[behind + 1] ?? 0) + 1) * 8
}

/** The MAC in the option of an advertisement, which is another than the frame's where somebody answers for others. */
function linkLayerOption(frame: Buffer, from: number): Mac | null {
  for (let offset = from; offset + 8 <= frame.length;) {
    const length = (frame[offset + 1] ?? 0) * 8
    if (length === 0) return null
    if (frame[offset] === TARGET_LINK_LAYER && length === 8) return formatMac(frame, offset + 2)
    offset += length
  }
  return null
}

/** Neither a group, nor nobody (::), nor this host (::1). */
const isUnicast = (address: Uint8Array): boolean =>
  address[0] !== 0xff && !address.subarray(0, IPV6_OCTETS - 1).every((octet) => octet === 0)
