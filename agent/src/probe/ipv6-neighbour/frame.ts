/** The two questions that are asked over IPv6: an echo to everybody on the link, and who has an address. */
import { IPV6_OCTETS, type Mac } from '@ophav/shared/value'

/** Ethernet II, then a bare IPv6 header (RFC 8200 3). */
export const PACKET_OFFSET = 14
export const MESSAGE_OFFSET = PACKET_OFFSET + 40
const ETHERTYPE_IPV6 = 0x86dd
const NEXT_HEADER_ICMPV6 = 58

/** RFC 4443 4.1, RFC 4861 4.3. */
const ECHO_REQUEST = 128
const NEIGHBOUR_SOLICITATION = 135
/** RFC 4861 4.6.1: source link-layer address, in units of eight octets. */
const SOURCE_LINK_LAYER = 1

/** RFC 4861 7.1.1: what came through a router has less. */
export const HOP_LIMIT = 255

/** RFC 4291 2.7.1: all nodes of the link. */
const ALL_NODES = Buffer.from('ff020000000000000000000000000001', 'hex')
/** RFC 4291 2.7.1: the group of all addresses that end in the same three octets. */
const SOLICITED_NODE = Buffer.from('ff0200000000000000000001ff000000', 'hex')

export interface Ipv6Source {
  mac: Mac
  /** Sixteen octets. */
  address: Uint8Array
}

const ECHO_OCTETS = 8
const SOLICITATION_OCTETS = 8 + IPV6_OCTETS + 8
export const SOLICITATION_FRAME_OCTETS = MESSAGE_OFFSET + SOLICITATION_OCTETS

/** @param identifier tells this scan's answers from those to others */
export function echoFrame(from: Ipv6Source, identifier: number, sequence: number): Buffer {
  const frame = packet(from, ALL_NODES, ECHO_OCTETS)
  frame[MESSAGE_OFFSET] = ECHO_REQUEST
  frame.writeUInt16BE(identifier, MESSAGE_OFFSET + 4)
  frame.writeUInt16BE(sequence, MESSAGE_OFFSET + 6)
  return withChecksum(frame)
}

export function solicitationFrame(from: Ipv6Source, target: Uint8Array): Buffer {
  const group = Buffer.from(SOLICITED_NODE)
  group.set(target.subarray(13, 16), 13)
  const frame = packet(from, group, SOLICITATION_OCTETS)
  frame[MESSAGE_OFFSET] = NEIGHBOUR_SOLICITATION
  frame.set(target.subarray(0, IPV6_OCTETS), MESSAGE_OFFSET + 8)
  frame[MESSAGE_OFFSET + 24] = SOURCE_LINK_LAYER
  frame[MESSAGE_OFFSET + 25] = 1
  frame.set(macOctets(from.mac), MESSAGE_OFFSET + 26)
  return withChecksum(frame)
}

/** @param to a group: its frames go to 33:33 and its last four octets (RFC 2464 7) */
function packet({ mac, address }: Ipv6Source, to: Uint8Array, octets: number): Buffer {
  const frame = Buffer.alloc(MESSAGE_OFFSET + octets)
  frame.set([0x33, 0x33, ...to.subarray(12, 16)], 0)
  frame.set(macOctets(mac), 6)
  frame.writeUInt16BE(ETHERTYPE_IPV6, 12)
  frame[PACKET_OFFSET] = 0x60
  frame.writeUInt16BE(octets, PACKET_OFFSET + 4)
  frame[PACKET_OFFSET + 6] = NEXT_HEADER_ICMPV6
  frame[PACKET_OFFSET + 7] = HOP_LIMIT
  frame.set(address.subarray(0, IPV6_OCTETS), PACKET_OFFSET + 8)
  frame.set(to, PACKET_OFFSET + 24)
  return frame
}

const macOctets = (mac: Mac): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex')

/** RFC 4443 2.3: over both addresses, the length, the next header and the message. */
function withChecksum(frame: Buffer): Buffer {
  let sum = frame.length - MESSAGE_OFFSET + NEXT_HEADER_ICMPV6
  for (let offset = PACKET_OFFSET + 8; offset < frame.length; offset += 2) sum += frame.readUInt16BE(offset)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  frame.writeUInt16BE(~sum & 0xffff, MESSAGE_OFFSET + 2)
  return frame
}

/** RFC 4291 appendix A: the address that a card gives itself from its MAC, below a prefix of 64 bits. */
export function addressFromMac(prefix: Uint8Array, mac: Mac): Uint8Array {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = macOctets(mac)
  return Uint8Array.of(...prefix.subarray(0, 8), a ^ 0x02, b, c, 0xff, 0xfe, d, e, f)
}

export const LINK_LOCAL_PREFIX = Uint8Array.of(0xfe, 0x80, 0, 0, 0, 0, 0, 0)
