/** Who has been heard over IPv6 on one link: each MAC with its addresses. */
import {
  formatIpv6,
  isLinkLocalIpv6,
  isMulticastMac,
  isPlaceholderMac,
  type Evidence,
  type Mac,
} from '@ophav/shared/value'
import type { ProbeResult } from '../probe.ts'

/** A link has no more hosts; a flood of forged senders ends here. */
const MAX_MACS = 65_536
/** RFC 8981: a host keeps a week of temporary addresses. */
const MAX_ADDRESSES = 16

export class Speakers {
  readonly #own: Mac
  readonly #prefixes: readonly Uint8Array[]
  readonly #addresses = new Map<Mac, Set<string>>()
  #ready = new Set<Mac>()

  /** @param prefixes of the link, besides the link-local one; who has another address is not on the link */
  constructor(own: Mac, prefixes: readonly Uint8Array[]) {
    this.#own = own
    this.#prefixes = prefixes
  }

  add(mac: Mac, address: Uint8Array): void {
    if (mac === this.#own || isMulticastMac(mac) || isPlaceholderMac(mac) || !this.#isOnLink(address)) return
    const known = this.#addresses.get(mac)
    if (!known && this.#addresses.size >= MAX_MACS) return
    const addresses = known ?? new Set()
    const text = formatIpv6(address)
    if (addresses.has(text) || addresses.size >= MAX_ADDRESSES) return
    this.#addresses.set(mac, addresses.add(text))
    this.#ready.add(mac)
  }

  hasAddress(mac: Mac, address: Uint8Array): boolean {
    return this.#addresses.get(mac)?.has(formatIpv6(address)) === true
  }

  has(mac: Mac): boolean {
    return this.#addresses.has(mac)
  }

  /**
   * One result for each MAC. A host that has an address of IPv4 goes by that.
   * @param ipv4 where each MAC was found before
   */
  *results(ipv4: ReadonlyMap<Mac, string>, observedAt: number): Generator<ProbeResult> {
    for (const mac of this.#ready) {
      const addresses = [...(this.#addresses.get(mac) ?? [])].sort()
      const linkLocal = addresses.find((text) => /^fe[89ab]/.test(text))
      const evidence = addresses.map((value): Evidence => ({ kind: 'ipv6.address', value }))
      yield {
        address: ipv4.get(mac) ?? linkLocal ?? addresses[0] ?? null,
        mac,
        outcome: 'answered',
        evidence: [{ kind: 'mac', value: mac }, ...evidence],
        observedAt,
      }
    }
    this.#ready = new Set()
  }

  #isOnLink(address: Uint8Array): boolean {
    return (
      isLinkLocalIpv6(address) ||
      this.#prefixes.some((prefix) => prefix.every((octet, index) => address[index] === octet))
    )
  }
}
