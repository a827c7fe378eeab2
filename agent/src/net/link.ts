/** Which addresses lie on a link of this machine. */
import { parseIpv4, type Range } from '@ophav/shared/value'
import type { LocalInterface } from './network.ts'

export interface Link {
  name: string
  /** The interface's own address, as an unsigned number. */
  address: number
  range: Range
}

/** Loopback is no link: nothing on it has a MAC. */
export const linksOf = (interfaces: readonly LocalInterface[]): Link[] =>
  interfaces
    .filter((local) => !local.internal)
    .map((local) => ({ name: local.name, address: parseIpv4(local.address) ?? 0, range: rangeOf(local) }))

function rangeOf({ address, prefix }: LocalInterface): Range {
  const size = 2 ** (32 - prefix)
  const first = Math.floor((parseIpv4(address) ?? 0) / size) * size
  return [first, first + size - 1]
}

export const isOnLink = (address: number, { range: [first, last] }: Pick<Link, 'range'>): boolean =>
  address >= first && address <= last
