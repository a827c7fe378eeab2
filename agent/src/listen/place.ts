/** Where listening takes place: the interfaces of a segment, and which addresses are at home on each. */
import { AddressSet, parseIpv4 } from '@ophav/shared/value'
import { isOnLink, linksOf, type Link } from '../net/link.ts'
import type { LocalInterface } from '../net/network.ts'

export interface Place {
  interfaceName: string
  /** The interface's own links; none where it has no address, as on a mirror port. */
  links: Link[]
}

/**
 * @param interfaceNames those to use; where none are named, those whose links overlap the ranges, and all of them where
 *   there are no ranges
 */
export function findPlaces(
  interfaces: readonly LocalInterface[],
  ranges: AddressSet,
  interfaceNames: readonly string[],
): Place[] {
  const links = linksOf(interfaces)
  const near = links.filter(
    ({ range: [first, last] }) =>
      ranges.size === 0 || ranges.ranges.some(([from, to]) => from <= last && to >= first),
  )
  const names = interfaceNames.length > 0 ? interfaceNames : near.map(({ name }) => name)
  return [...new Set(names)].map((interfaceName) => ({
    interfaceName,
    links: links.filter(({ name }) => name === interfaceName),
  }))
}

/** RFC 1122 3.2.1.3: this host, loopback; groups and broadcasts (RFC 5771, RFC 919) are nobody's source. */
const isHost = (address: number): boolean => {
  const first = address >>> 24
  return first > 0 && first !== 127 && first < 224
}

/** @returns the address where it can be a device's, else null */
export function deviceAddress(address: string | null): string | null {
  if (address === null) return null
  const number = parseIpv4(address)
  if (number !== null) return isHost(number) ? address : null
  return address === '::' || address === '::1' || address.startsWith('ff') ? null : address
}

/**
 * Whether an IPv4 address is at home neither on the interface nor in the segment: a device that was configured for
 * another network, or never.
 */
export function isOffSubnet(address: string, { links }: Place, ranges: AddressSet): boolean {
  const number = parseIpv4(address)
  if (number === null || (links.length === 0 && ranges.size === 0)) return false
  return !ranges.has(number) && !links.some((link) => isOnLink(number, link))
}
