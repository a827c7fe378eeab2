/** Sends one question to many targets: as frames where their MAC is known, else as datagrams. */
import { setTimeout as sleep } from 'node:timers/promises'
import { formatIpv4, type Mac } from '@ophav/shared/value'
import type { FrameSocket, UdpSocket } from '../../net/network.ts'
import { stamp, type Question } from '../snmp-message/question.ts'
import type { Targets } from './target.ts'
import { frameLength, writeUdpFrame } from './udp-frame.ts'

/** RFC 3417 3.1. */
export const SNMP_PORT = 161

/** @returns how many there was no way to */
export type Send = (question: Question, positions: Uint32Array) => Promise<number>

/** All at once: the network waits where the pace wants it, and answers are read while the system sends. */
export function datagramSender(socket: UdpSocket, targets: Targets): Send {
  const sendTo = (question: Question, position: number) =>
    socket.send(
      stamp(question, targets.ids[position] ?? 0),
      SNMP_PORT,
      formatIpv4(targets.addresses[position] ?? 0),
    )
  return async (question, positions) => {
    const sent = await Promise.all(Array.from(positions, (position) => sendTo(question, position)))
    return sent.filter((hasWay) => !hasWay).length
  }
}

/** The kernel's queue for frames is full: it empties in far less than this. */
const FULL_QUEUE_PAUSE_MS = 1
const FULL_QUEUE_TRIES = 100

export function frameSender(
  socket: FrameSocket,
  port: number,
  targets: Targets,
  macs: ReadonlyMap<number, Mac>,
): Send {
  const from = { mac: socket.mac, address: socket.address, port }
  return async (question, positions) => {
    const length = frameLength(question.data)
    const frames = Buffer.alloc(length * positions.length)
    positions.forEach((position, index) => {
      const address = targets.addresses[position] ?? 0
      const to = { mac: macs.get(address) ?? '', address, port: SNMP_PORT }
      writeUdpFrame(frames, index * length, from, to, stamp(question, targets.ids[position] ?? 0))
    })
    let sent = 0
    for (let attempt = 0; sent < positions.length && attempt < FULL_QUEUE_TRIES; attempt++) {
      if (attempt > 0) await sleep(FULL_QUEUE_PAUSE_MS)
      sent += await socket.send(frames.subarray(sent * length), length, positions.length - sent)
    }
    return positions.length - sent
  }
}
