/** Whole frames with a UDP datagram in them: Ethernet II, IPv4 (RFC 791), UDP (RFC 768). */
import type { Mac } from '@ophav/shared'

const ETHERNET_OCTETS = 14
const IPV4_OCTETS = 20
const UDP_OCTETS = 8
const ETHERTYPE_IPV4 = 0x0800
const DONT_FRAGMENT = 0x4000
/** RFC 1700: the customary time to live; on-link it is not counted down. */
const TIME_TO_LIVE = 64
const PROTOCOL_UDP = 17

export const frameLength = (payload: Uint8Array): number =>
  ETHERNET_OCTETS + IPV4_OCTETS + UDP_OCTETS + payload.length

export interface Endpoint {
  mac: Mac
  /** As an unsigned number. */
  address: number
  port: number
}

/** Writes one frame into `frames` at `offset`; there must be room for `frameLength(payload)` octets. */
export function writeUdpFrame(
  frames: Buffer,
  offset: number,
  from: Endpoint,
  to: Endpoint,
  payload: Uint8Array,
): void {
  const ip = writeEthernet(frames, offset, from.mac, to.mac)
  const udp = ip + IPV4_OCTETS
  const udpLength = UDP_OCTETS + payload.length
  frames.writeUInt16BE(0x4500, ip)
  frames.writeUInt16BE(IPV4_OCTETS + udpLength, ip + 2)
  frames.writeUInt16BE(0, ip + 4)
  frames.writeUInt16BE(DONT_FRAGMENT, ip + 6)
  frames.writeUInt16BE((TIME_TO_LIVE << 8) | PROTOCOL_UDP, ip + 8)
  frames.writeUInt16BE(0, ip + 10)
  frames.writeUInt32BE(from.address, ip + 12)
  frames.writeUInt32BE(to.address, ip + 16)
  frames.writeUInt16BE(fold(sumWords(frames, ip, IPV4_OCTETS)), ip + 10)

  frames.writeUInt16BE(from.port, udp)
  frames.writeUInt16BE(to.port, udp + 2)
  frames.writeUInt16BE(udpLength, udp + 4)
  frames.writeUInt16BE(0, udp + 6)
  frames.set(payload, udp + UDP_OCTETS)
  // The pseudo header: both addresses, the protocol and the length.
  const pseudo = sumWords(frames, ip + 12, 8) + PROTOCOL_UDP + udpLength
  // A checksum of zero would say that there is none; its complement is equal to it.
  frames.writeUInt16BE(fold(pseudo + sumWords(frames, udp, udpLength)) || 0xffff, udp + 6)
}

/** @returns where the packet begins */
function writeEthernet(frames: Buffer, offset: number, from: Mac, to: Mac): number {
  writeMac(frames, offset, to)
  writeMac(frames, offset + 6, from)
  frames.writeUInt16BE(ETHERTYPE_IPV4, offset + 12)
  return offset + ETHERNET_OCTETS
}

function writeMac(frames: Buffer, offset: number, mac: Mac): void {
  for (let index = 0; index < 6; index++)
    frames[offset + index] = Number.parseInt(mac.slice(index * 3, index * 3 + 2), 16)
}

/** RFC 1071: the sum of 16-bit words, an odd octet at the end padded with zero. */
function sumWords(data: Buffer, start: number, length: number): number {
  let sum = 0
  for (let index = 0; index < length; index += 2)
    sum += ((data[start + index] ?? 0) << 8) | (index + 1 < length ? (data[start + index + 1] ?? 0) : 0)
  return sum
}

/** Carries added back in, then the complement. */
function fold(sum: number): number {
  let folded = sum
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >>> 16)
  return ~folded & 0xffff
}
