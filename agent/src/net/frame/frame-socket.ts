/** Raw frames on one interface: AF_PACKET (packet(7)), many frames in one system call. */
import { networkInterfaces } from 'node:os'
import { OphavError, parseIpv4, parseMac } from '@ophav/shared/value'
import type { FrameSocket } from '../network.ts'
import { MessageBatch } from './message-batch.ts'
import {
  AF_PACKET,
  PACKET_ADD_MEMBERSHIP,
  PACKET_IGNORE_OUTGOING,
  PACKET_MR_MULTICAST,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOCK_CLOEXEC,
  SOCK_NONBLOCK,
  SOCK_RAW,
  SOL_PACKET,
  SOL_SOCKET,
  systemCalls,
  type SystemCalls,
} from './system-call.ts'

/** RFC 826, RFC 2464: the one protocol that is received; what else is on the wire costs nothing. */
const ETHERTYPE = { arp: 0x0806, ipv6: 0x86dd } as const
export type FrameProtocol = keyof typeof ETHERTYPE

/** Groups that speak to others than us, and tell who is there: RFC 4291 2.7.1 (nodes, routers), RFC 3810 (reports). */
const OVERHEARD = ['333300000001', '333300000002', '333300000016']

/** More frames in one call gain nothing; fewer keep the receive queue short. */
const SEND_BATCH = 128
const MAX_FRAME_OCTETS = 1514
const RECEIVE_BATCH = 128
/** An ARP frame has 42 octets, padded to 60; of what is said over IPv6 the beginning suffices. */
const RECEIVE_OCTETS = { arp: 64, ipv6: 256 } as const

/** A /16 that lives answers faster than one thread reads. */
const RECEIVE_BUFFER = 16 * 1024 * 1024

/** errno(3) of Linux: the queue is full. */
const FULL = new Set([11 /* EAGAIN */, 105 /* ENOBUFS */, 4 /* EINTR */])

/** Why there can be no frames here; null where there can. */
export function frameObstacle(): string | null {
  if (process.platform !== 'linux') return 'platform'
  const calls = systemCalls()
  if (!calls) return 'library'
  const descriptor = openPacket(calls)
  if (descriptor < 0) return 'permission'
  calls.close(descriptor)
  return null
}

/**
 * Receives frames of one protocol only, sends any.
 * @returns null where the interface has no IPv4 address, or frames are out of reach: see `frameObstacle`
 */
export function openFrameSocket(interfaceName: string, protocol: FrameProtocol = 'arp'): FrameSocket | null {
  const calls = process.platform === 'linux' ? systemCalls() : null
  const own = networkInterfaces()[interfaceName]?.find(({ family }) => family === 'IPv4')
  const mac = parseMac(own?.mac ?? '')
  const address = parseIpv4(own?.address ?? '')
  const index = calls?.if_nametoindex(interfaceName) ?? 0
  if (!calls || !mac || address === null || index === 0) return null
  const descriptor = openPacket(calls)
  if (descriptor < 0) return null
  if (calls.bind(descriptor, linkAddress(index, protocol), LINK_ADDRESS_OCTETS) !== 0) {
    calls.close(descriptor)
    return null
  }
  raiseLimits(calls, descriptor)
  if (protocol === 'ipv6') overhear(calls, descriptor, index)
  return open(calls, descriptor, { interfaceName, mac, address }, RECEIVE_OCTETS[protocol])
}

/** Protocol 0 receives nothing before it is bound to one interface and one protocol. */
export const openPacket = (calls: SystemCalls): number =>
  calls.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)

const LINK_ADDRESS_OCTETS = 20

/** `struct sockaddr_ll`: family, protocol in network order, interface index; the rest is for sendto. */
function linkAddress(index: number, protocol: FrameProtocol): Buffer {
  const link = Buffer.alloc(LINK_ADDRESS_OCTETS)
  link.writeUInt16LE(AF_PACKET, 0)
  link.writeUInt16BE(ETHERTYPE[protocol], 2)
  link.writeInt32LE(index, 4)
  return link
}

/** Asked for, not insisted upon: older kernels and containers refuse. */
function raiseLimits(calls: SystemCalls, descriptor: number): void {
  const value = Buffer.alloc(4)
  value.writeInt32LE(RECEIVE_BUFFER)
  if (calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) !== 0)
    calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, value, 4)
  value.writeInt32LE(1)
  calls.setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, value, 4)
}

/** `struct packet_mreq` of packet(7): interface, type, length, address. The card lets these groups through. */
function overhear(calls: SystemCalls, descriptor: number, index: number): void {
  for (const group of OVERHEARD) {
    const request = Buffer.alloc(16)
    request.writeInt32LE(index, 0)
    request.writeUInt16LE(PACKET_MR_MULTICAST, 4)
    request.writeUInt16LE(6, 6)
    request.write(group, 8, 'hex')
    calls.setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, request, request.length)
  }
}

function open(
  calls: SystemCalls,
  descriptor: number,
  own: Pick<FrameSocket, 'interfaceName' | 'mac' | 'address'>,
  receiveOctets: number,
): FrameSocket {
  const outgoing = new MessageBatch(calls, SEND_BATCH, MAX_FRAME_OCTETS)
  const incoming = new MessageBatch(calls, RECEIVE_BATCH, receiveOctets)
  let isOpen = true
  return {
    ...own,
    async send(frames, frameLength, count) {
      outgoing.layOut(SEND_BATCH, frameLength)
      let sent = 0
      if (!isOpen) return 0
      while (sent < count) {
        const batch = Math.min(SEND_BATCH, count - sent)
        frames.copy(outgoing.slots, 0, sent * frameLength, (sent + batch) * frameLength)
        const accepted = calls.sendmmsg(descriptor, outgoing.headers, batch, 0)
        if (accepted < 0 && !FULL.has(calls.errno()))
          throw new OphavError('net.send-failed', { interface: own.interfaceName, errno: calls.errno() })
        if (accepted <= 0) break
        sent += accepted
      }
      return sent
    },
    drain(listener) {
      let heard = 0
      if (!isOpen) return 0
      for (;;) {
        const received = calls.recvmmsg(descriptor, incoming.headers, RECEIVE_BATCH, 0, null)
        for (let index = 0; index < received; index++) listener(incoming.message(index))
        heard += Math.max(0, received)
        if (received < RECEIVE_BATCH) break
      }
      return heard
    },
    close() {
      if (isOpen) calls.close(descriptor)
      isOpen = false
    },
  }
}
