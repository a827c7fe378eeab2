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

/**
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
  return { address: formatIpv4(packet.readUInt32BE(original + 16)), port: packet.readUInt16BE(udp) }
}

/** RFC 791: version 4, and a length in words of at least five. */
function headerLength(packet: Buffer, at: number): number | null {
  const first = packet[at]
  if (first === undefined || first >>> 4 !== 4 || packet.length < at + 20) return null
  const length = (first & 0x0f) * 4
  return length >= 20 ? length : null
}
