/** Counts every packet that leaves for one probe: the coverage and the audit trail rest on it. */
import { parseIpv4 } from '@ophav/shared/value'

export class PacketAccount {
  /** Packets since the beginning. */
  total = 0
  /** What the guard did not let pass. */
  refused = 0
  #packets = 0
  readonly #addresses = new Set<number | string>()

  /** @param to an address, as text or number */
  add(to: string | number, packets = 1): void {
    this.total += packets
    this.#packets += packets
    this.#addresses.add(typeof to === 'string' ? (parseIpv4(to) ?? to) : to)
  }

  /** What was sent since the last time. */
  take(): { packets: number; addresses: number } {
    const taken = { packets: this.#packets, addresses: this.#addresses.size }
    this.#packets = 0
    this.#addresses.clear()
    return taken
  }
}
