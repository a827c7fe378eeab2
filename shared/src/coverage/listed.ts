/** Compares what a scan saw with what routers, switches and servers list: who is listed and was not seen. */
import type { Mac } from '../address/mac.ts'

/** Enough to look at; a count says how many there are. */
export const MAX_LISTED_UNSEEN = 50

/** An entry of a neighbour table, a forwarding table or a lease list; at least one of the two is known. */
export interface Listed {
  address: string | null
  mac: Mac | null
}

/**
 * A device is seen where its address or its MAC was: one that has moved to another address is there all the same.
 * @param inScope whether the scan could have seen the address at all; entries with a MAC alone always count
 * @returns each once, in the order of the list
 */
export function listedButNotSeen(
  listed: Iterable<Listed>,
  seen: { addresses: ReadonlySet<string>; macs: ReadonlySet<Mac> },
  inScope: (address: string) => boolean = () => true,
): Listed[] {
  const missing = new Map<string, Listed>()
  for (const { address, mac } of listed) {
    if (address === null && mac === null) continue
    if (address !== null && !inScope(address)) continue
    const isSeen = (address !== null && seen.addresses.has(address)) || (mac !== null && seen.macs.has(mac))
    if (!isSeen) missing.set(`${mac ?? ''} ${address ?? ''}`, { address, mac })
  }
  return [...missing.values()]
}
