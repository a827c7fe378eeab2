/** For tests: frames as the standards write them, from their parts. */
import { parseIpv4 } from '@ophav/shared/value'
import { dissect } from '../listen/dissect.ts'
import type { Packet } from './packet.ts'
import type { Heard, ListenProbe } from './probe.ts'

export const SOURCE = '00:25:90:aa:bb:cc'
export const SOURCE_ADDRESS = '10.0.0.7'
export const SOURCE_ADDRESS_6 = 'fe80::225:90ff:feaa:bbcc'

export const macOctets = (mac: string): Buffer => Buffer.from(mac.replaceAll(':', ''), 'hex')

export function addressOctets(address: string): Buffer {
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(parseIpv4(address) ?? 0)
  return octets
}

const number16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])

/** Ethernet II. */
export const etherFrame = (type: number, payload: Uint8Array, source = SOURCE): Buffer =>
  Buffer.concat([macOctets('ff:ff:ff:ff:ff:ff'), macOctets(source), number16(type), payload])

/** IEEE 802.3 with LLC, unnumbered. */
export const llcFrame = (points: number, payload: Uint8Array): Buffer =>
  etherFrame(3 + payload.length, Buffer.concat([number16(points), Buffer.from([3]), payload]))

/** The same with SNAP of Cisco. */
export const snapFrame = (protocol: number, payload: Uint8Array): Buffer =>
  llcFrame(0xaaaa, Buffer.concat([Buffer.from([0, 0, 0x0c]), number16(protocol), payload]))

/** Puts an IEEE 802.1Q tag into a frame. */
export const tagged = (frame: Buffer, vlan: number): Buffer =>
  Buffer.concat([frame.subarray(0, 12), number16(0x8100), number16(vlan), frame.subarray(12)])

/** RFC 826; an operation of 1 asks, 2 answers. */
export const arpFrame = (mac: string, address: string, operation = 1, source = mac): Buffer =>
  etherFrame(
    0x0806,
    Buffer.concat([
      Buffer.from('0001080006040000', 'hex').fill(operation, 7, 8),
      macOctets(mac),
      addressOctets(address),
      Buffer.alloc(6),
      addressOctets('10.0.0.1'),
    ]),
    source,
  )

const udp = (from: number, to: number, payload: Uint8Array): Buffer =>
  Buffer.concat([number16(from), number16(to), number16(8 + payload.length), number16(0), payload])

export interface Ipv4More {
  source?: string
  /** Octets of options. */
  options?: number
  /** The field of flags and offset. */
  fragment?: number
}

export function udpFrame(from: number, to: number, payload: Uint8Array, more: Ipv4More = {}): Buffer {
  const { source = SOURCE_ADDRESS, options = 0, fragment = 0 } = more
  const datagram = udp(from, to, payload)
  const header = Buffer.alloc(20 + options)
  header[0] = 0x40 | (header.length / 4)
  header.writeUInt16BE(header.length + datagram.length, 2)
  header.writeUInt16BE(fragment, 6)
  header[8] = 64
  header[9] = 17
  addressOctets(source).copy(header, 12)
  header.fill(0xff, 16, 20)
  return etherFrame(0x0800, Buffer.concat([header, datagram]))
}

function ipv6(next: number, payload: Uint8Array, source = 'fe80000000000000022590fffeaabbcc'): Buffer {
  const header = Buffer.alloc(40)
  header[0] = 0x60
  header.writeUInt16BE(payload.length, 4)
  header[6] = next
  header[7] = 255
  Buffer.from(source, 'hex').copy(header, 8)
  return etherFrame(0x86dd, Buffer.concat([header, payload]))
}

export const udp6Frame = (from: number, to: number, payload: Uint8Array): Buffer =>
  ipv6(17, udp(from, to, payload))

/** @param body what follows type, code and checksum */
export function icmpv6Frame(
  type: number,
  body: Uint8Array,
  more: { hopByHop?: boolean; source?: string } = {},
): Buffer {
  const message = Buffer.concat([Buffer.from([type, 0, 0, 0]), body])
  // RFC 2711: router alert, padded to eight octets.
  const options = Buffer.from('3a00050200000100', 'hex')
  return more.hopByHop
    ? ipv6(0, Buffer.concat([options, message]), more.source)
    : ipv6(58, message, more.source)
}

/** The packet in a frame; fails a test whose frame is none. */
export function packetIn(frame: Buffer): Packet {
  const found = dissect(frame, null)
  if (!found) throw new Error('no packet in the frame')
  return found.packet
}

/** What a probe hears in a frame, with its evidence as `kind value` lines. */
export function hearIn(probe: ListenProbe, frame: Buffer) {
  const heard = probe.hear(packetIn(frame))
  return heard === 'malformed' ? heard : heard.map(told)
}

const told = ({ mac, address, evidence, ownPort }: Heard) => ({
  mac,
  address,
  says: lines(evidence),
  ...(ownPort ? { port: lines(ownPort) } : {}),
})

const lines = (evidence: Heard['evidence']) => evidence.map(({ kind, value }) => `${kind} ${String(value)}`)
