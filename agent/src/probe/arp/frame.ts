/** ARP for IPv4 over Ethernet (RFC 826): one request for each address, and who answered. */
import type { Mac } from '@ophav/shared'

export const ARP_FRAME_OCTETS = 42
const ETHERTYPE_ARP = 0x0806
const HARDWARE_ETHERNET = 1
const PROTOCOL_IPV4 = 0x0800
const REQUEST = 1
const REPLY = 2
export const SENDER_MAC_OFFSET = 22
const SENDER_ADDRESS_OFFSET = 28
const TARGET_ADDRESS_OFFSET = 38

/** `count` equal requests, one after the other: only the target differs, which `aimAt` writes. */
export function requestFrames(from: { mac: Mac; address: number }, count: number): Buffer {
  const frame = Buffer.alloc(ARP_FRAME_OCTETS)
  frame.fill(0xff, 0, 6)
  const mac = Buffer.from(from.mac.replaceAll(':', ''), 'hex')
  mac.copy(frame, 6)
  frame.writeUInt16BE(ETHERTYPE_ARP, 12)
  frame.writeUInt16BE(HARDWARE_ETHERNET, 14)
  frame.writeUInt16BE(PROTOCOL_IPV4, 16)
  frame[18] = 6
  frame[19] = 4
  frame.writeUInt16BE(REQUEST, 20)
  mac.copy(frame, SENDER_MAC_OFFSET)
  frame.writeUInt32BE(from.address, SENDER_ADDRESS_OFFSET)
  return Buffer.concat(Array.from({ length: count }, () => frame))
}

export const aimAt = (frames: Buffer, index: number, address: number): void =>
  void frames.writeUInt32BE(address, index * ARP_FRAME_OCTETS + TARGET_ADDRESS_OFFSET)

/**
 * Who speaks in a reply, or in the request or announcement (RFC 5227) of somebody else: either proves presence. The
 * sender's MAC then lies at `SENDER_MAC_OFFSET`.
 * @returns the address as an unsigned number; 0 for what is no ARP for IPv4 over Ethernet, and for probes, which have
 *   no sender address yet
 */
export function senderOf(frame: Buffer): number {
  if (
    frame.length < ARP_FRAME_OCTETS ||
    frame.readUInt16BE(12) !== ETHERTYPE_ARP ||
    frame.readUInt16BE(14) !== HARDWARE_ETHERNET ||
    frame.readUInt16BE(16) !== PROTOCOL_IPV4 ||
    frame[18] !== 6 ||
    frame[19] !== 4
  )
    return 0
  const operation = frame.readUInt16BE(20)
  return operation === REPLY || operation === REQUEST ? frame.readUInt32BE(SENDER_ADDRESS_OFFSET) : 0
}
