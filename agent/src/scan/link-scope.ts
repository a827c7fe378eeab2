/**
 * What may be said over IPv6 on a link that belongs to the segment: an echo to all nodes of the link, and the question
 * who has an address of the link. Policies name ranges of IPv4; the link of an interface that stands in one of them is
 * the segment's own. It is open only where the policy lists the probe that needs it.
 */
import { OphavError, type AddressSet, type Range } from '@ophav/shared/value'

/** The probe that opens it, by being listed in the signed policy. */
export const IPV6_PROBE = 'ipv6-neighbour'

export interface LinkScope {
  /**
   * Checks one whole frame.
   * @param prefixes the prefixes of 64 bits that are on the link, each of eight octets; link-local ones are so anyway
   * @throws OphavError `scope.outside`
   */
  check(frame: Buffer, prefixes: readonly Uint8Array[]): void
  /** Whether an interface stands on the segment. */
  has(range: Range): boolean
}

/** RFC 8200 3, behind an Ethernet header. */
const NEXT_HEADER_OFFSET = 20
const DESTINATION_OFFSET = 38
const MESSAGE_OFFSET = 54
const ICMPV6 = 58
const ECHO_REQUEST = 128
const NEIGHBOUR_SOLICITATION = 135
const TARGET_OFFSET = MESSAGE_OFFSET + 8

const ALL_NODES = 'ff020000000000000000000000000001'
const SOLICITED_NODE = 'ff0200000000000000000001ff'
const LINK_LOCAL = 'fe80000000000000'

export function linkScope(addresses: AddressSet, isOpen: boolean): LinkScope {
  const has = ([first, last]: Range): boolean =>
    isOpen && addresses.ranges.some(([from, to]) => from <= last && to >= first)
  return {
    has,
    check(frame, prefixes) {
      const destination = frame.toString('hex', DESTINATION_OFFSET, DESTINATION_OFFSET + 16)
      const type = frame[NEXT_HEADER_OFFSET] === ICMPV6 ? frame[MESSAGE_OFFSET] : undefined
      const isCall = type === ECHO_REQUEST && destination === ALL_NODES
      if (isOpen && (isCall || (type === NEIGHBOUR_SOLICITATION && isQuestion(frame, destination, prefixes))))
        return
      throw new OphavError('scope.outside', { address: destination, ethertype: frame.readUInt16BE(12) })
    },
  }
}

/** The target lies on the link, and the group is the target's own. */
function isQuestion(frame: Buffer, destination: string, prefixes: readonly Uint8Array[]): boolean {
  const target = frame.toString('hex', TARGET_OFFSET, TARGET_OFFSET + 16)
  const onLink = [LINK_LOCAL, ...prefixes.map((prefix) => Buffer.from(prefix).toString('hex', 0, 8))]
  return (
    destination === SOLICITED_NODE + target.slice(-6) &&
    onLink.some((prefix) => prefix !== '' && target.startsWith(prefix))
  )
}
