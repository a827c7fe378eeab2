/** Frames that the kernel's filter lets through, from one interface: AF_PACKET (packet(7)), never sent on. */
import { formatMac, type Mac } from '@ophav/shared/value'
import type { FrameListener, FrameListenOptions } from '../listening.ts'
import { AuxiliaryData } from './auxiliary-data.ts'
import { compileFilter } from './filter.ts'
import { openPacket } from './frame-socket.ts'
import { MessageBatch } from './message-batch.ts'
import {
  AF_PACKET,
  PACKET_ADD_MEMBERSHIP,
  PACKET_AUXDATA,
  PACKET_IGNORE_OUTGOING,
  PACKET_STATISTICS,
  SO_ATTACH_FILTER,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOL_PACKET,
  SOL_SOCKET,
  systemCalls,
  type SystemCalls,
} from './system-call.ts'

/** if_ether.h: every protocol. The filter, which stands before the socket is bound, says which. */
const ETH_P_ALL = 3
/** `struct packet_mreq` of packet(7). */
const MEMBERSHIP_OCTETS = 16
const MEMBER_OF_GROUP = 0
const MEMBER_OF_ALL = 1
const LINK_ADDRESS_OCTETS = 20
/** `struct sock_fprog`: a 16-bit count, padding, a pointer. */
const PROGRAM_OCTETS = 16
const INSTRUCTION_OCTETS = 8

const BATCH = 64
/** What is longer than a frame of a usual link is cut; nobody announces himself in more. */
const SLOT_OCTETS = 1600
/** A burst of a second on a busy segment; the loss of what does not fit is counted. */
const RECEIVE_BUFFER = 4 * 1024 * 1024

/** @returns null where frames are out of reach, or there is no such interface */
export function openFrameListener(
  interfaceName: string,
  { wish, promiscuous }: FrameListenOptions,
): FrameListener | null {
  const calls = process.platform === 'linux' ? systemCalls() : null
  const index = calls?.if_nametoindex(interfaceName) ?? 0
  if (!calls || index === 0) return null
  const descriptor = openPacket(calls)
  if (descriptor < 0) return null
  // Without the filter every frame of the interface would be copied: then rather none.
  if (!attachFilter(calls, descriptor, compileFilter(wish)) || !bindTo(calls, descriptor, index)) {
    calls.close(descriptor)
    return null
  }
  setOptions(calls, descriptor)
  for (const group of wish.groups) join(calls, descriptor, index, MEMBER_OF_GROUP, group)
  if (promiscuous) join(calls, descriptor, index, MEMBER_OF_ALL, '')
  return listenOn(calls, descriptor, interfaceName)
}

function attachFilter(calls: SystemCalls, descriptor: number, instructions: Buffer): boolean {
  const program = Buffer.alloc(PROGRAM_OCTETS)
  program.writeUInt16LE(instructions.length / INSTRUCTION_OCTETS, 0)
  program.writeBigUInt64LE(calls.addressOf(instructions), 8)
  return calls.setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, program, PROGRAM_OCTETS) === 0
}

function bindTo(calls: SystemCalls, descriptor: number, index: number): boolean {
  const link = Buffer.alloc(LINK_ADDRESS_OCTETS)
  link.writeUInt16LE(AF_PACKET, 0)
  link.writeUInt16BE(ETH_P_ALL, 2)
  link.writeInt32LE(index, 4)
  return calls.bind(descriptor, link, LINK_ADDRESS_OCTETS) === 0
}

/** The interface's own address, which the system tells of a bound socket: `struct sockaddr_ll` of packet(7). */
function ownMac(calls: SystemCalls, descriptor: number): Mac | null {
  const link = Buffer.alloc(LINK_ADDRESS_OCTETS)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(LINK_ADDRESS_OCTETS)
  const isKnown = calls.getsockname(descriptor, link, length) === 0 && link[11] === 6
  return isKnown ? formatMac(link, 12) : null
}

/** Asked for, not insisted upon: the filter drops what this host sends itself, and an old kernel knows no tags. */
function setOptions(calls: SystemCalls, descriptor: number): void {
  const value = Buffer.alloc(4)
  value.writeInt32LE(RECEIVE_BUFFER)
  if (calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) !== 0)
    calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, value, 4)
  value.writeInt32LE(1)
  calls.setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, value, 4)
  calls.setsockopt(descriptor, SOL_PACKET, PACKET_AUXDATA, value, 4)
}

/** Tells the card alone, which drops it when the socket is closed: no packet is sent, unlike when IP joins a group. */
function join(calls: SystemCalls, descriptor: number, index: number, type: number, group: string): void {
  const membership = Buffer.alloc(MEMBERSHIP_OCTETS)
  const address = Buffer.from(group.replaceAll(':', ''), 'hex')
  membership.writeInt32LE(index, 0)
  membership.writeUInt16LE(type, 4)
  membership.writeUInt16LE(address.length, 6)
  address.copy(membership, 8)
  calls.setsockopt(descriptor, SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership, MEMBERSHIP_OCTETS)
}

function listenOn(calls: SystemCalls, descriptor: number, interfaceName: string): FrameListener {
  const batch = new MessageBatch(calls, BATCH, SLOT_OCTETS)
  const auxiliary = new AuxiliaryData(calls, batch, BATCH)
  let isOpen = true
  return {
    interfaceName,
    mac: ownMac(calls, descriptor),
    drain(limit, onFrame) {
      let heard = 0
      if (!isOpen) return heard
      while (heard < limit) {
        const room = Math.min(BATCH, limit - heard)
        auxiliary.makeRoom()
        const received = calls.recvmmsg(descriptor, batch.headers, room, 0, null)
        for (let index = 0; index < received; index++) onFrame(batch.message(index), auxiliary.vlan(index))
        heard += Math.max(0, received)
        if (received < room) break
      }
      return heard
    },
    statistics() {
      const counts = Buffer.alloc(8)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(counts.length)
      if (isOpen) calls.getsockopt(descriptor, SOL_PACKET, PACKET_STATISTICS, counts, length)
      return { received: counts.readUInt32LE(0), lost: counts.readUInt32LE(4) }
    },
    close() {
      if (isOpen) calls.close(descriptor)
      isOpen = false
    },
  }
}
