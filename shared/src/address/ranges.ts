/** Sets of IPv4 addresses as sorted, disjoint ranges: what a scope and its exclusions are made of. */
import { OphavError } from '../error/error.ts'
import { formatIpv4, parseIpv4 } from './ipv4.ts'

/** First and last address, both included. */
export type Range = readonly [first: number, last: number]

/**
 * Reads `10.0.0.0/24`, `10.0.0.7` or `10.0.0.10-10.0.0.20`. Host bits of a prefix may be set, as
 * people write `10.0.0.5/24` for "the network that 10.0.0.5 is in".
 * @throws OphavError `address.invalid-range`
 */
export function parseRange(text: string): Range {
  const trimmed = text.trim()
  const prefix = /^([0-9.]+)\/([0-9]{1,2})$/.exec(trimmed)
  if (prefix) {
    const address = parseIpv4(prefix[1] ?? '')
    const bits = Number(prefix[2])
    if (address === null || bits > 32) throw invalid(text)
    const size = 2 ** (32 - bits)
    const first = Math.floor(address / size) * size
    return [first, first + size - 1]
  }
  const [from, to, rest] = trimmed.split('-').map((part) => parseIpv4(part.trim()))
  if (rest !== undefined || from === null || from === undefined || to === null) throw invalid(text)
  if (to === undefined) return [from, from]
  if (to < from) throw invalid(text)
  return [from, to]
}

const invalid = (text: string) => new OphavError('address.invalid-range', { given: text })

/** An immutable set of IPv4 addresses. Membership is a binary search: a guard asks it for every packet. */
export class AddressSet {
  readonly ranges: readonly Range[]

  constructor(ranges: Iterable<Range>) {
    const sorted = [...ranges].sort((a, b) => a[0] - b[0])
    const merged: [number, number][] = []
    for (const [first, last] of sorted) {
      const previous = merged.at(-1)
      if (previous && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
      else merged.push([first, last])
    }
    this.ranges = merged
  }

  /** @throws OphavError `address.invalid-range` */
  static parse(texts: Iterable<string>): AddressSet {
    return new AddressSet([...texts].map(parseRange))
  }

  /** How many addresses the set holds. */
  get size(): number {
    return this.ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0)
  }

  has(address: number): boolean {
    let low = 0
    let high = this.ranges.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const range = this.ranges[middle] as Range
      if (address < range[0]) high = middle - 1
      else if (address > range[1]) low = middle + 1
      else return true
    }
    return false
  }

  /** The addresses of this set that `other` does not hold. */
  without(other: AddressSet): AddressSet {
    const kept: Range[] = []
    for (const [first, last] of this.ranges) {
      let start = first
      for (const [from, to] of other.ranges) {
        if (to < start || from > last) continue
        if (from > start) kept.push([start, from - 1])
        start = Math.max(start, to + 1)
      }
      if (start <= last) kept.push([start, last])
    }
    return new AddressSet(kept)
  }

  /** Every address in ascending order, in one array: a sweep of a /16 needs it at once. */
  numbers(): Uint32Array<ArrayBuffer> {
    const numbers = new Uint32Array(this.size)
    let at = 0
    for (const [first, last] of this.ranges)
      for (let address = first; address <= last; address++) numbers[at++] = address
    return numbers
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (const [first, last] of this.ranges)
      for (let address = first; address <= last; address++) yield address
  }

  toString(): string {
    return this.ranges
      .map(([first, last]) =>
        first === last ? formatIpv4(first) : `${formatIpv4(first)}-${formatIpv4(last)}`,
      )
      .join(', ')
  }
}
