/** Counts every packet that leaves for one probe: the coverage and the audit trail rest on it. */
import { parseIpv4 } from '@ophav/shared/value'

/** Addresses that lie together share one piece of memory, a bit for each: a /16 takes 8 kB. */
const BLOCK_BITS = 12

class AddressBlocks {
  readonly #blocks = new Map<number, Uint8Array>()
  size = 0

  add(address: number): void {
    const number = address >>> BLOCK_BITS
    let block = this.#blocks.get(number)
    if (!block) this.#blocks.set(number, (block = new Uint8Array(2 ** BLOCK_BITS / 8)))
    const position = address & (2 ** BLOCK_BITS - 1)
    const octet = block[position >>> 3] ?? 0
    const bit = 1 << (position & 7)
    if ((octet & bit) !== 0) return
    block[position >>> 3] = octet | bit
    this.size++
  }

  clear(): void {
    this.#blocks.clear()
    this.size = 0
  }
}

export class PacketAccount {
  /** Packets since the beginning. */
  total = 0
  /** What the guard did not let pass. */
  refused = 0
  #packets = 0
  readonly #addresses = new AddressBlocks()
  /** Groups, and what is no address of IPv4. */
  readonly #others = new Set<string>()

  /** @param to an address, as text or number */
  add(to: string | number, packets = 1): void {
    this.total += packets
    this.#packets += packets
    const address = typeof to === 'string' ? parseIpv4(to) : to
    if (address === null) this.#others.add(String(to))
    else this.#addresses.add(address)
  }

  /** What was sent since the last time. */
  take(): { packets: number; addresses: number } {
    const taken = { packets: this.#packets, addresses: this.#addresses.size + this.#others.size }
    this.#packets = 0
    this.#addresses.clear()
    this.#others.clear()
    return taken
  }
}
