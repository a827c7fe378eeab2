/** A subset of a scope, one bit for each address: a /16 takes 8 kB, in memory and on disk. */
import type { AddressSet } from '@ophav/shared'

export class AddressMarks {
  readonly #scope: AddressSet
  readonly #offsets: number[] = []
  readonly #bits: Uint8Array
  count = 0

  /** @param bits as `toBytes` gave them, for the same scope; others are as good as none */
  constructor(scope: AddressSet, bits?: Uint8Array) {
    this.#scope = scope
    let size = 0
    for (const [first, last] of scope.ranges) {
      this.#offsets.push(size)
      size += last - first + 1
    }
    this.#bits = new Uint8Array(Math.ceil(size / 8))
    if (bits?.length !== this.#bits.length) return
    this.#bits.set(bits)
    for (const octet of this.#bits) this.count += ones(octet)
  }

  /** @returns whether the address is in scope and was not marked before */
  add(address: number): boolean {
    const position = this.#positionOf(address)
    if (position < 0) return false
    const bit = 1 << (position & 7)
    const octet = this.#bits[position >>> 3] ?? 0
    if ((octet & bit) !== 0) return false
    this.#bits[position >>> 3] = octet | bit
    this.count++
    return true
  }

  has(address: number): boolean {
    const position = this.#positionOf(address)
    return position >= 0 && ((this.#bits[position >>> 3] ?? 0) & (1 << (position & 7))) !== 0
  }

  /** How many addresses are marked here and in none of the others, which are of the same scope. */
  countWithout(...others: readonly AddressMarks[]): number {
    let count = 0
    for (const [index, octet] of this.#bits.entries()) {
      const elsewhere = others.reduce((bits, other) => bits | (other.#bits[index] ?? 0), 0)
      count += ones(octet & ~elsewhere)
    }
    return count
  }

  toBytes(): Uint8Array {
    return this.#bits.slice()
  }

  /** Binary search: a scope with a thousand exclusions has a thousand ranges. */
  #positionOf(address: number): number {
    const { ranges } = this.#scope
    let low = 0
    let high = ranges.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const [first, last] = ranges[middle] ?? [0, 0]
      if (address < first) high = middle - 1
      else if (address > last) low = middle + 1
      else return (this.#offsets[middle] ?? 0) + address - first
    }
    return -1
  }
}

function ones(octet: number): number {
  let count = 0
  for (let left = octet & 0xff; left !== 0; left &= left - 1) count++
  return count
}
