/** What a MAC says where the organisation has a rule about its prefix. */
import { sentence } from '../reason/sentence.ts'
import type { ClaimList } from '../claim/claim.ts'

/** A person knows it; what the device itself says in its maker's protocol still goes before. */
const WEIGHT = 0.85
const TIER = 3

/** @returns whether a rule speaks of this MAC, so that the register is not asked */
export function claimOwnPrefix(list: ClaimList, mac: string, kind: string): boolean {
  const found = list.knowledge.own?.prefixes.find(mac)
  if (!found) return false
  const { maker, text } = found
  if (maker)
    list.sayFirm(
      { kind, group: 'mac', tier: TIER, weight: WEIGHT },
      { name: maker.name, entry: maker },
      sentence`the MAC prefix ${text} is of ${maker.name}`,
    )
  return true
}
