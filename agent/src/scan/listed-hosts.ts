/** Whom routers list at addresses of the scope: reconciled at a scan's end with whom the scan has heard. */
import {
  listedButNotSeen,
  MAX_LISTED_UNSEEN,
  parseIpv4,
  type AddressRow,
  type AddressSet,
  type Coverage,
  type Mac,
} from '@ophav/shared/value'

export class ListedHosts {
  readonly #scope: AddressSet
  /** By address; a hostile router can list no more than the scope holds. */
  readonly #macs = new Map<string, Mac>()

  constructor(scope: AddressSet) {
    this.#scope = scope
  }

  add(rows: readonly AddressRow[]): void {
    for (const { address, mac } of rows) {
      const number = parseIpv4(address)
      if (number !== null && this.#scope.has(number)) this.#macs.set(address, mac as Mac)
    }
  }

  /** @returns null where everybody who is listed was heard */
  unseen(heard: ReadonlyMap<string, Mac | null>): NonNullable<Coverage['listedUnseen']> | null {
    const macs = new Set([...heard.values()].filter((mac) => mac !== null))
    const listed = [...this.#macs].map(([address, mac]) => ({ address, mac }))
    const missing = listedButNotSeen(listed, { addresses: new Set(heard.keys()), macs })
    if (missing.length === 0) return null
    const addresses = missing.flatMap(({ address }) => address ?? []).slice(0, MAX_LISTED_UNSEEN)
    return { count: missing.length, addresses }
  }
}
