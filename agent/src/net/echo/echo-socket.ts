/** Sends echo requests and hears who answers: through a raw socket, or one that the system offers for echoes (icmp(7)). */
import { randomBytes, randomInt } from 'node:crypto'
import { SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_RAW, systemCalls, type SystemCalls } from '../frame/system-call.ts'
import type { EchoSocket } from '../network.ts'
import { echoRequest, isEchoReply, TOKEN_OCTETS } from './message.ts'

/** ip(7), socket(2). */
const AF_INET = 2
const SOCK_DGRAM = 2
const IPPROTO_ICMP = 1
/** `struct sockaddr_in`: family, port, address, padding. */
const ADDRESS_OCTETS = 16
const ADDRESS_OFFSET = 4

/** An IP header with options, and the message. */
const RECEIVE_OCTETS = 128
/** A flood is read no faster than this; the system throws the rest away. */
const MAX_READ = 4_096

/** @returns null where the system allows neither: CAP_NET_RAW, or net.ipv4.ping_group_range */
export function openEchoSocket(): EchoSocket | null {
  const calls = process.platform === 'linux' ? systemCalls() : null
  if (!calls) return null
  for (const type of [SOCK_RAW, SOCK_DGRAM]) {
    const descriptor = calls.socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP)
    if (descriptor >= 0) return open(calls, descriptor, type === SOCK_RAW)
  }
  return null
}

function open(calls: SystemCalls, descriptor: number, isRaw: boolean): EchoSocket {
  const token = randomBytes(TOKEN_OCTETS)
  const request = echoRequest(randomInt(0x1_0000), token)
  const to = Buffer.alloc(ADDRESS_OCTETS)
  to.writeUInt16LE(AF_INET, 0)
  const packet = Buffer.alloc(RECEIVE_OCTETS)
  const from = Buffer.alloc(ADDRESS_OCTETS)
  const length = Buffer.alloc(4)
  let isOpen = true
  return {
    rung: isRaw ? 'raw socket' : 'echo socket',
    async send(addresses) {
      let sent = 0
      if (!isOpen) return 0
      for (const address of addresses) {
        to.writeUInt32BE(address, ADDRESS_OFFSET)
        // No way to one address says nothing about the next.
        calls.sendto(descriptor, request, request.length, 0, to, ADDRESS_OCTETS)
        sent++
      }
      return sent
    },
    drain(listener) {
      if (!isOpen) return
      for (let read = 0; read < MAX_READ; read++) {
        length.writeUInt32LE(ADDRESS_OCTETS)
        const octets = calls.recvfrom(descriptor, packet, RECEIVE_OCTETS, 0, from, length)
        if (octets < 0) return
        if (isEchoReply(packet.subarray(0, octets), token, isRaw)) listener(from.readUInt32BE(ADDRESS_OFFSET))
      }
    },
    close() {
      if (isOpen) calls.close(descriptor)
      isOpen = false
    },
  }
}
