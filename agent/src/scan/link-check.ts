/** What this machine knows about its way to a segment before and after it asks. */
import { AddressSet, formatIpv4, parseIpv4, type Range } from '@ophav/shared/value'
import { isOnLink, linksOf } from '../net/link.ts'
import type { LocalInterface, LinkState } from '../net/network.ts'

export interface LinkCheck {
  /** Interfaces through which the segment should be reached and which have no carrier, when no other one leads there. */
  unplugged: string[]
  /** Whether an own address lies in the segment's ranges, or they on its link, and that link is alive. */
  isOnLink: boolean
  /** Routers on those links, as the routing table names them. */
  gateways: string[]
  /** This machine's own addresses: hearing oneself proves nothing. */
  own: ReadonlySet<string>
}

/**
 * @param ranges the segment's, with what is excluded: an own address may well be
 * @param states null where the system does not tell
 */
export function checkLinks(
  ranges: AddressSet,
  interfaces: readonly LocalInterface[],
  states: readonly LinkState[] | null,
): LinkCheck {
  const here = linksOf(interfaces).filter(
    ({ address, range }) => ranges.has(address) || ranges.without(new AddressSet([range])).size === 0,
  )
  const hasCarrier = (name: string) => states?.find((state) => state.name === name)?.hasCarrier ?? true
  const alive = here.filter(({ name }) => hasCarrier(name))
  const dead = (states ?? []).filter(
    (state) =>
      !state.hasCarrier && state.ranges.some((range) => ranges.ranges.some((other) => overlap(other, range))),
  )
  return {
    unplugged: alive.length > 0 ? [] : dead.map(({ name }) => name),
    isOnLink: alive.length > 0,
    gateways: (states ?? [])
      .flatMap(({ gateways }) => gateways)
      .filter((gateway) => alive.some((link) => isOnLink(gateway, link)))
      .map(formatIpv4),
    own: new Set(interfaces.flatMap(({ address }) => (parseIpv4(address) === null ? [] : [address]))),
  }
}

const overlap = ([first, last]: Range, [from, to]: Range): boolean => from <= last && to >= first
