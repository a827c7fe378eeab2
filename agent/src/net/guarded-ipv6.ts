/** IPv6 below the guard: only on links of the segment, and only the two questions that its scope lets pass. */
import { OphavError } from '@ophav/shared/value'
import { allowed, checked, type Guard } from './guard.ts'
import { linksOf } from './link.ts'
import type { Ipv6Network, Network } from './network.ts'

/** Ethernet II (IEEE 802.3): the type field of an untagged frame. */
const ETHERTYPE_OFFSET = 12
const ETHERTYPE_IPV6 = 0x86dd

/** RFC 4291 2.7.1: everybody on the link may hear what is sent to a group. */
const GROUP = 'ff02::1'

/** Nothing where the network has no IPv6 or the segment's policy leaves it alone. */
export function guardedIpv6(network: Network, guard: Guard): { ipv6?: Ipv6Network } {
  const { ipv6 } = network
  const { link, pacer, account } = guard
  if (!ipv6 || !link) return {}
  const isOnSegment = (interfaceName: string): boolean =>
    linksOf(network.interfaces()).some(({ name, range }) => name === interfaceName && link.has(range))
  return {
    ipv6: {
      addresses: (interfaceName) => (isOnSegment(interfaceName) ? ipv6.addresses(interfaceName) : null),
      neighbours: async () =>
        (await ipv6.neighbours())?.filter(({ interfaceName }) => isOnSegment(interfaceName)) ?? null,
      frames(interfaceName) {
        const own = isOnSegment(interfaceName) ? ipv6.addresses(interfaceName) : null
        const socket = own ? ipv6.frames(interfaceName) : null
        if (!own || !socket) return null
        return {
          ...socket,
          async send(frames, frameLength, count) {
            for (let index = 0; index < count; index++)
              checked(guard, () => {
                const frame = frames.subarray(index * frameLength, (index + 1) * frameLength)
                const ethertype = frame.readUInt16BE(ETHERTYPE_OFFSET)
                if (ethertype !== ETHERTYPE_IPV6) throw new OphavError('scope.outside', { ethertype })
                link.check(frame, own.prefixes)
              })
            const burst = Math.min(pacer.burst('sweep'), count)
            for (let sent = 0; ;) {
              const size = Math.min(burst, count - sent)
              await allowed(guard, 'sweep', size, null)
              const accepted = await socket.send(frames.subarray(sent * frameLength), frameLength, size)
              account.add(GROUP, accepted)
              sent += accepted
              if (sent === count || accepted < size) return sent
            }
          },
        }
      },
    },
  }
}
