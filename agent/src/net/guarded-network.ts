/** The guard below every probe: scope, barred ports, pace, and a count of every packet that leaves. */
import { OphavError } from '@ophav/shared/value'
import type { Pacer } from '../scan/pace.ts'
import type { Scope } from '../scan/scope.ts'
import type { Network } from './network.ts'

/** What was sent: feeds the coverage, and tests compare it with what arrived. */
export interface PacketMeter {
  total: number
  refused: number
}

/** Ethernet II (IEEE 802.3): the type field of an untagged frame. */
const ETHERTYPE_OFFSET = 12
const ETHERTYPE_ARP = 0x0806
const ETHERTYPE_IPV4 = 0x0800
/** RFC 826: target protocol address of a request over Ethernet. */
const ARP_TARGET_OFFSET = 38
/** RFC 791: destination address. */
const IPV4_DESTINATION_OFFSET = 30

/** The system's `ping` sends one echo request, for which the system asks with ARP. */
const LOOK_UP_PACKETS = 2

export function guardNetwork(network: Network, scope: Scope, pacer: Pacer, meter: PacketMeter): Network {
  const refuse = (error: unknown): never => {
    meter.refused++
    throw error
  }
  return {
    interfaces: () => network.interfaces(),
    neighbours: () => network.neighbours(),
    async lookUp(address) {
      try {
        scope.check(address, 0, 'udp')
      } catch (error) {
        refuse(error)
      }
      const wait = pacer.take('sweep', LOOK_UP_PACKETS, address)
      if (wait) await wait
      meter.total += LOOK_UP_PACKETS
      return network.lookUp(address)
    },
    frameObstacle: () => network.frameObstacle(),
    async udp(options) {
      const socket = await network.udp(options)
      return {
        ...socket,
        async send(data, port, address) {
          try {
            scope.check(address, port, 'udp')
          } catch (error) {
            refuse(error)
          }
          const wait = pacer.take(options.budget, 1, address)
          if (wait) await wait
          meter.total++
          return socket.send(data, port, address)
        },
      }
    },
    frames(interfaceName) {
      const socket = network.frames(interfaceName)
      if (!socket) return null
      return {
        ...socket,
        async send(frames, frameLength, count) {
          for (let index = 0; index < count; index++) {
            try {
              scope.checkNumber(destinationOf(frames, index * frameLength))
            } catch (error) {
              refuse(error)
            }
          }
          const burst = Math.min(pacer.burst('sweep'), count)
          for (let sent = 0; ;) {
            const size = Math.min(burst, count - sent)
            const wait = pacer.take('sweep', size, null)
            if (wait) await wait
            const accepted = await socket.send(frames.subarray(sent * frameLength), frameLength, size)
            meter.total += accepted
            sent += accepted
            if (sent === count || accepted < size) return sent
          }
        },
      }
    },
  }
}

/** The IPv4 address that a frame is for, read from the frame itself. @throws OphavError `scope.outside` */
function destinationOf(frames: Buffer, offset: number): number {
  const type = frames.readUInt16BE(offset + ETHERTYPE_OFFSET)
  if (type === ETHERTYPE_ARP) return frames.readUInt32BE(offset + ARP_TARGET_OFFSET)
  if (type === ETHERTYPE_IPV4) return frames.readUInt32BE(offset + IPV4_DESTINATION_OFFSET)
  throw new OphavError('scope.outside', { ethertype: type })
}
