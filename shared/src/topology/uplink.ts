/** Which ports of a switch lead to other switches: what is learnt there hangs elsewhere. */
import type { Mac } from '../address/mac.ts'
import type { LinkRow } from '../wire/table.ts'
import { isBridge, ownMacs, rowsOf, type View } from './view.ts'

/**
 * More MACs than this behind a port stand behind another switch that cannot be read. The smallest switches, which
 * people put on a desk, have eight ports: seven devices and the switch itself.
 */
export const MAX_ACCESS_MACS = 8

/** A phone passes on what hangs on it, and hangs on an access port all the same. */
const leadsOn = ({ capabilities }: LinkRow): boolean =>
  (capabilities.includes('bridge') || capabilities.includes('access-point')) &&
  !capabilities.includes('phone')

/** @returns how many MACs each port has learnt, its own switch's aside */
export function macsByPort(view: View): Map<number, number> {
  const own = ownMacs(view)
  const learnt = new Map<number, Set<Mac>>()
  for (const { mac, port } of rowsOf(view, 'forwarding')) {
    if (own.has(mac)) continue
    const macs = learnt.get(port) ?? new Set()
    learnt.set(port, macs.add(mac))
  }
  return new Map([...learnt].map(([port, macs]) => [port, macs.size]))
}

/**
 * A port leads on where a bridge says over LLDP or CDP that it is there, where a MAC of another switch that was read
 * is behind it, or where too many MACs are.
 * @param views all that were read, this one too
 */
export function uplinksOf(view: View, views: readonly View[]): Set<number> {
  const uplinks = new Set<number>()
  for (const link of rowsOf(view, 'link')) if (leadsOn(link)) uplinks.add(link.port)
  const bridges = views.filter((other) => other.key !== view.key && isBridge(other))
  const others = new Set(bridges.flatMap((other) => [...ownMacs(other)]))
  for (const { mac, port } of rowsOf(view, 'forwarding')) if (others.has(mac)) uplinks.add(port)
  for (const [port, count] of macsByPort(view)) if (count > MAX_ACCESS_MACS) uplinks.add(port)
  return uplinks
}
