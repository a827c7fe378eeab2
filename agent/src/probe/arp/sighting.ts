/** Who has been seen on a link: each address with each MAC that claims it, once. */
import { formatIpv4, isPlaceholderMac, parseMac } from '@ophav/shared/value'
import type { ProbeResult } from '../probe.ts'

/** Claims to one address beyond these say nothing new: somebody floods the segment. */
const MAX_CLAIMS = 8

const MAC_OCTETS = 6

export class Sightings {
  readonly #macs = new Map<number, string[]>()
  readonly #now: () => number
  #ready: ProbeResult[] = []

  constructor(now: () => number) {
    this.#now = now
  }

  get count(): number {
    return this.#macs.size
  }

  has(address: number): boolean {
    return this.#macs.has(address)
  }

  /**
   * Two MACs for one address are two results: a conflict, which the reader is to see.
   * @returns whether the address was not seen before
   */
  add(address: number, octets: Buffer, offset = 0): boolean {
    const hex = octets.toString('hex', offset, offset + MAC_OCTETS)
    const known = this.#macs.get(address)
    if (known && (known.includes(hex) || known.length >= MAX_CLAIMS)) return false
    const mac = parseMac(hex)
    // A group address (IEEE 802.3: the first octet's lowest bit) names no device.
    if (mac === null || isPlaceholderMac(mac) || ((octets[offset] ?? 1) & 1) === 1) return false
    if (known) known.push(hex)
    else this.#macs.set(address, [hex])
    this.#ready.push({
      address: formatIpv4(address),
      mac,
      outcome: 'answered',
      evidence: [{ kind: 'mac', value: mac }],
      observedAt: this.#now(),
    })
    return known === undefined
  }

  /** What came since the last time. */
  take(): ProbeResult[] {
    const taken = this.#ready
    this.#ready = []
    return taken
  }
}
