/** Raw frames below the guard, which reads from each frame itself where it goes. */
import { OphavError } from '@ophav/shared/value'
import { allowed, checked, type Guard } from './guard.ts'
import type { FrameSocket, Network } from './network.ts'

/** Ethernet II (IEEE 802.3): the type field of an untagged frame. */
const ETHERTYPE_OFFSET = 12
const ETHERTYPE_ARP = 0x0806
const ETHERTYPE_IPV4 = 0x0800
/** RFC 826: target protocol address of a request over Ethernet. */
const ARP_TARGET_OFFSET = 38
/** RFC 791: header length in words, protocol, destination address. */
const IPV4_OFFSET = 14
const IPV4_PROTOCOL_OFFSET = 23
const IPV4_DESTINATION_OFFSET = 30
const PROTOCOL_TCP = 6

export function guardedFrames(network: Network, guard: Guard, interfaceName: string): FrameSocket | null {
  const { scope, account, pacer } = guard
  const socket = network.frames(interfaceName)
  if (!socket) return null
  return {
    ...socket,
    async send(frames, frameLength, count) {
      const addresses = new Uint32Array(count)
      for (let index = 0; index < count; index++)
        checked(guard, () => {
          const offset = index * frameLength
          const address = destinationOf(frames, offset)
          scope.checkNumber(address, tcpPortOf(frames, offset))
          addresses[index] = address
        })
      const burst = Math.min(pacer.burst('sweep'), count)
      for (let sent = 0; ;) {
        const size = Math.min(burst, count - sent)
        await allowed(guard, 'sweep', size, null)
        const accepted = await socket.send(frames.subarray(sent * frameLength), frameLength, size)
        for (let index = sent; index < sent + accepted; index++) account.add(addresses[index] ?? 0)
        sent += accepted
        if (sent === count || accepted < size) return sent
      }
    },
  }
}

/** The IPv4 address that a frame is for. @throws OphavError `scope.outside` */
function destinationOf(frames: Buffer, offset: number): number {
  const type = frames.readUInt16BE(offset + ETHERTYPE_OFFSET)
  if (type === ETHERTYPE_ARP) return frames.readUInt32BE(offset + ARP_TARGET_OFFSET)
  if (type === ETHERTYPE_IPV4) return frames.readUInt32BE(offset + IPV4_DESTINATION_OFFSET)
  throw new OphavError('scope.outside', { ethertype: type })
}

function tcpPortOf(frames: Buffer, offset: number): number | undefined {
  const isTcp =
    frames.readUInt16BE(offset + ETHERTYPE_OFFSET) === ETHERTYPE_IPV4 &&
    frames[offset + IPV4_PROTOCOL_OFFSET] === PROTOCOL_TCP
  if (!isTcp) return undefined
  const transport = offset + IPV4_OFFSET + ((frames[offset + IPV4_OFFSET] ?? 0) & 0x0f) * 4
  return frames.readUInt16BE(transport + 2)
}
