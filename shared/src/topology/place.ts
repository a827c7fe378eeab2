/** Which port of which switch a device hangs on: concluded from the tables of all switches that were read. */
import { isMulticastMac, isPlaceholderMac, type Mac } from '../address/mac.ts'
import type { PortRow } from '../wire/table.ts'
import { macsByPort, uplinksOf } from './uplink.ts'
import { rowsOf, type View } from './view.ts'

export interface Place {
  mac: Mac
  /** The switch, by its view's key. */
  view: string
  port: number
  portName: string | null
  portAlias: string | null
  vlan: number | null
  vlanName: string | null
  /** `link`: the device says so itself, over LLDP or CDP. */
  basis: 'forwarding' | 'link'
  /** RFC 3339, UTC */
  seenAt: string
}

interface Candidate {
  place: Place
  /** MACs behind the port. */
  crowd: number
}

/**
 * The access port is the one behind which the fewest MACs are, of those that do not lead to another switch. A MAC
 * that is seen on such ports alone has no place: its switch could not be read.
 */
export function placeMacs(views: readonly View[]): Map<Mac, Place> {
  const best = new Map<Mac, Candidate>()
  for (const view of views)
    for (const candidate of candidatesOf(view, views)) {
      const { mac } = candidate.place
      if (isMulticastMac(mac) || isPlaceholderMac(mac)) continue
      const other = best.get(mac)
      if (!other || compare(candidate, other) < 0) best.set(mac, candidate)
    }
  return new Map([...best].map(([mac, { place }]) => [mac, place]))
}

function* candidatesOf(view: View, views: readonly View[]): Generator<Candidate> {
  const uplinks = uplinksOf(view, views)
  const crowds = macsByPort(view)
  const ports = new Map(rowsOf(view, 'port').map((row) => [row.port, row]))
  const names = new Map(rowsOf(view, 'vlan').map(({ vlan, name }) => [vlan, name]))
  const at = (mac: Mac, port: number, tagged: number | undefined, basis: Place['basis']): Candidate => {
    const row: PortRow | undefined = ports.get(port)
    const vlan = tagged ?? row?.vlan ?? null
    const place: Place = {
      mac,
      view: view.key,
      port,
      portName: row?.name ?? null,
      portAlias: row?.alias ?? null,
      vlan,
      vlanName: vlan === null ? null : (names.get(vlan) ?? null),
      basis,
      seenAt: view.readAt,
    }
    return { place, crowd: crowds.get(port) ?? 0 }
  }
  // Port 0 is the bridge itself, or where a MAC is that it has learnt nowhere (RFC 4188 dot1dTpFdbPort).
  const isAccess = (port: number) => port !== 0 && !uplinks.has(port)
  for (const { mac, port } of rowsOf(view, 'link'))
    if (mac !== undefined && isAccess(port)) yield at(mac, port, undefined, 'link')
  for (const { mac, port, vlan } of rowsOf(view, 'forwarding'))
    if (isAccess(port)) yield at(mac, port, vlan, 'forwarding')
}

/** The first is the better one. Beyond the rule the order only has to be the same every time. */
function compare({ place: a, crowd }: Candidate, { place: b, crowd: other }: Candidate): number {
  return (
    crowd - other ||
    Number(b.basis === 'link') - Number(a.basis === 'link') ||
    (a.seenAt < b.seenAt ? 1 : a.seenAt > b.seenAt ? -1 : 0) ||
    (a.view < b.view ? -1 : a.view > b.view ? 1 : 0) ||
    a.port - b.port ||
    (a.vlan ?? 0) - (b.vlan ?? 0)
  )
}
