/** Who stands on a segment by what its routers and switches know, whether or not it ever answers. */
import { parseIpv4 } from '../address/ipv4.ts'
import { isIdentifyingMac, isMulticastMac, isPlaceholderMac, type Mac } from '../address/mac.ts'
import type { AddressSet } from '../address/ranges.ts'
import { isBridge, ownMacs, rowsOf, type View } from './view.ts'

export interface Member {
  mac: Mac
  /** Null where no router has told one. */
  address: string | null
  /** The router or switch that knows it, by its view's key. */
  view: string
  /** RFC 3339, UTC */
  seenAt: string
}

export interface Segment {
  /** The ranges without the exclusions. */
  scope: AddressSet
  /** MACs that the segment's own probes have met at addresses of the scope, lately. */
  met: ReadonlySet<Mac>
}

/**
 * A pair of address and MAC in a router's table stands on the segment when the scope holds the address. A MAC that a
 * switch alone knows has no address to tell by: it stands on the segment when it is in one of the segment's VLANs.
 */
export function findMembers(views: readonly View[], segment: Segment): Member[] {
  const own = new Set(views.flatMap((view) => [...ownMacs(view)]))
  const members = new Map<string, Member>()
  const here = new Set(segment.met)
  const elsewhere = new Set<Mac>()
  for (const view of views)
    for (const { address, mac } of rowsOf(view, 'address')) {
      const number = parseIpv4(address)
      if (number === null || isMulticastMac(mac) || isPlaceholderMac(mac)) continue
      if (!segment.scope.has(number)) elsewhere.add(mac)
      else {
        here.add(mac)
        if (!own.has(mac)) keepNewest(members, { mac, address, view: view.key, seenAt: view.readAt })
      }
    }
  for (const view of views.filter(isBridge)) {
    const isOfSegment = vlansOf(view, here, own)
    const unknown = untagged(view).filter(
      ({ mac, vlan }) =>
        !here.has(mac) && !elsewhere.has(mac) && !own.has(mac) && isIdentifyingMac(mac) && isOfSegment(vlan),
    )
    const macs = new Set(unknown.map(({ mac }) => mac))
    // More than could have an address here: the VLAN is not the segment's, or the switch makes them up.
    if (macs.size > segment.scope.size) continue
    for (const mac of macs) keepNewest(members, { mac, address: null, view: view.key, seenAt: view.readAt })
  }
  return [...members.values()]
}

function keepNewest(members: Map<string, Member>, member: Member): void {
  const key = `${member.mac} ${member.address ?? ''}`
  const other = members.get(key)
  if (!other || other.seenAt < member.seenAt) members.set(key, member)
}

/** What is learnt without a tag is in the port's own VLAN. */
function untagged(view: View): { mac: Mac; vlan: number | null }[] {
  const own = new Map(rowsOf(view, 'port').map(({ port, vlan }) => [port, vlan]))
  return rowsOf(view, 'forwarding').map(({ mac, port, vlan }) => ({
    mac,
    vlan: vlan ?? own.get(port) ?? null,
  }))
}

/** A device that has just moved is still met in its old segment: one voice against many is none. */
const LEAST_PART = 0.25

/**
 * The VLANs in which a switch sees those who are known to be here. Who is in several, as routers are, says nothing.
 * Where a switch knows no VLANs, all that it sees is one.
 */
function vlansOf(
  view: View,
  here: ReadonlySet<Mac>,
  own: ReadonlySet<Mac>,
): (vlan: number | null) => boolean {
  const seen = new Map<Mac, Set<number | null>>()
  for (const { mac, vlan } of untagged(view))
    if (here.has(mac) && !own.has(mac)) seen.set(mac, (seen.get(mac) ?? new Set()).add(vlan))
  const voices = new Map<number | null, number>()
  for (const vlans of seen.values()) {
    const [vlan] = vlans
    if (vlans.size === 1 && vlan !== undefined) voices.set(vlan, (voices.get(vlan) ?? 0) + 1)
  }
  const most = Math.max(0, ...voices.values())
  return (vlan) => {
    const count = voices.get(vlan) ?? 0
    return count > 0 && count >= most * LEAST_PART
  }
}
