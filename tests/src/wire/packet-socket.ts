/** Every frame of one interface, in and out: the simulator's end of the cable (packet(7)). */
import { MessageBatch, systemCalls } from '@ophav/agent'

const AF_PACKET = 17
const SOCK_RAW_NONBLOCK = 3 | 0o4000
const ETH_P_ALL = 3
const SOL_SOCKET = 1
const SO_RCVBUFFORCE = 33
const SO_RCVBUF = 8
const SOL_PACKET = 263
const PACKET_IGNORE_OUTGOING = 23
const BATCH = 256
const SLOT_OCTETS = 1600
const RECEIVE_BUFFER = 64 * 1024 * 1024

export interface PacketSocket {
  /** Hands every waiting frame over; what `answer` writes into `reply` and gives the length of is sent. */
  serve: (answer: (frame: Buffer, reply: Buffer) => number) => number
  /** Sends one frame. */
  send: (frame: Buffer) => void
  close: () => void
}

/** @throws Error without CAP_NET_RAW */
export function openPacketSocket(interfaceName: string): PacketSocket {
  const calls = systemCalls()
  if (!calls) throw new Error('koffi is missing')
  const descriptor = calls.socket(AF_PACKET, SOCK_RAW_NONBLOCK, 0)
  if (descriptor < 0) throw new Error(`no packet socket: errno ${calls.errno()}`)
  const value = Buffer.alloc(4)
  value.writeInt32LE(RECEIVE_BUFFER)
  if (calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, value, 4) !== 0)
    calls.setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, value, 4)
  value.writeInt32LE(1)
  calls.setsockopt(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, value, 4)
  const link = Buffer.alloc(20)
  link.writeUInt16LE(AF_PACKET, 0)
  link.writeUInt16BE(ETH_P_ALL, 2)
  link.writeInt32LE(calls.if_nametoindex(interfaceName), 4)
  if (calls.bind(descriptor, link, 20) !== 0)
    throw new Error(`bind to ${interfaceName}: errno ${calls.errno()}`)
  const incoming = new MessageBatch(calls, BATCH, SLOT_OCTETS)
  const outgoing = new MessageBatch(calls, BATCH, SLOT_OCTETS)
  const flush = (count: number) => {
    for (let sent = 0, tries = 0; sent < count && tries < 1_000; tries++) {
      const accepted = calls.sendmmsg(descriptor, outgoing.from(sent), count - sent, 0)
      if (accepted > 0) sent += accepted
    }
  }
  return {
    serve(answer) {
      const received = calls.recvmmsg(descriptor, incoming.headers, BATCH, 0, null)
      let replies = 0
      for (let index = 0; index < received; index++) {
        const slot = outgoing.slots.subarray(replies * SLOT_OCTETS, (replies + 1) * SLOT_OCTETS)
        const length = answer(incoming.message(index), slot)
        if (length > 0) outgoing.setLength(replies++, length)
      }
      flush(replies)
      return Math.max(0, received)
    },
    send(frame) {
      frame.copy(outgoing.slots)
      outgoing.setLength(0, frame.length)
      flush(1)
    },
    close: () => void calls.close(descriptor),
  }
}
