/** From IP-MIB to which MAC has which address, and to a router's own addresses. */
import type { AddressRow } from '@ophav/shared/value'
import { arcsOf, ipv4Of, macOf } from './cell.ts'
import type { Walked } from './walk.ts'

/** RFC 4001 InetAddressType ipv4(1), with the length that an index writes before the octets. */
const IPV4 = { type: 1, length: 4 } as const

/** IPv6 neighbours stand in the same table and are passed over: no scope holds them. */
export function readAddresses(
  physical: Walked<'physical'>['rows'],
  media: Walked<'media'>['rows'],
): AddressRow[] {
  const addresses: AddressRow[] = []
  const add = (port: number | undefined, octets: readonly number[], value: unknown) => {
    const address = ipv4Of(octets)
    const mac = macOf(value)
    if (port !== undefined && port <= 0x7fff_ffff && address !== null && mac !== null)
      addresses.push({ address, mac, port })
  }
  for (const [index, cells] of physical) {
    const [port, type, length, ...octets] = arcsOf(index)
    if (type === IPV4.type && length === IPV4.length) add(port, octets, cells.physical)
  }
  if (addresses.length === 0)
    for (const [index, cells] of media) {
      const [port, ...octets] = arcsOf(index)
      add(port, octets, cells.media)
    }
  return addresses
}

/** The index is the address. */
export const readOwnAddresses = (rows: Walked<'own'>['rows']): string[] =>
  [...rows.keys()].flatMap((index) => ipv4Of(arcsOf(index)) ?? [])
