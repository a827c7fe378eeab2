/** ICMP errors (RFC 792) about datagrams of ours: who said no, and to which of our ports. */
import { formatIpv4 } from '@ophav/shared/value'

export interface Refusal {
  /** Whom the datagram was for. */
  address: string
  /** Our port, from which it came. */
  port: number
}

/** RFC 792: destination unreachable. RFC 1812 5.2.7.1: which codes say that somebody forbids it. */
const UNREACHABLE = 3
const REFUSALS = new Set([3 /* port */, 9, 10, 13 /* administratively prohibited */])
const PROTOCOL_UDP = 17
/** RFC 791. */
const SOURCE_OFFSET = 12
const DESTINATION_OFFSET = 16

/**
 * Only what the device says of itself counts: a firewall that refuses a whole range in the name of others would else make
 * a device of each address.
 * @param packet from its IP header on, as a raw socket gives it (raw(7))
 * @returns null for what is no refusal of a datagram
 */
export function readRefusal(packet: Buffer): Refusal | null {
  const icmp = headerLength(packet, 0)
  if (icmp === null || packet.length < icmp + 8) return null
  if (packet[icmp] !== UNREACHABLE || !REFUSALS.has(packet[icmp + 1] ?? -1)) return null
  // What was refused comes back with its header and the first eight octets after it.
  const original = icmp + 8
  const length = headerLength(packet, original)
  if (length === null || packet[original + 9] !== PROTOCOL_UDP) return null
  const udp = original + length
  if (packet.length < udp + 4) return null
  const address = packet.readUInt32BE(original + DESTINATION_OFFSET)
  if (packet.readUInt32BE(SOURCE_OFFSET) !== address) return null
  return { address: formatIpv4(address), port: packet.readUInt16BE(udp) }
}

/** RFC 791: version 4, and a length in words of at least five. */
function headerLength(packet: Buffer, at: number): number | null {
  const first = packet[at]
  if (first === undefined || first >>> 4 !== 4 || packet.length < at + 20) return null
  const length = (first & 0x0f) * 4
  return length >= 20 ? length : null
}
