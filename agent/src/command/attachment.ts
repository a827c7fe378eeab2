/** Where the devices of a scan hang, and who is silent, by what its routers and switches know. */
import { findMembers, placeMacs, type AddressSet, type Mac, type Place, type View } from '@ophav/shared/value'
import type { ProbeResult } from '../probe/probe.ts'

/** Where a device hangs, as far as a switch has told. */
export interface Attachment {
  /** The switch's own name, else its address or MAC. */
  switch: string
  port: string
  portAlias: string | null
  vlan: number | null
  vlanName: string | null
}

/** @param nameOf what a switch is called, by its view's key */
export const toAttachment = (place: Place, nameOf: (key: string) => string): Attachment => ({
  switch: nameOf(place.view),
  port: place.portName ?? String(place.port),
  portAlias: place.portAlias,
  vlan: place.vlan,
  vlanName: place.vlanName,
})

/** A result with tables as one of the views that the conclusion is drawn from. */
export const toView = (key: string, { tables = [], observedAt }: ProbeResult): View => ({
  key,
  readAt: new Date(observedAt).toISOString(),
  tables,
})

export interface Topology {
  places: ReadonlyMap<Mac, Place>
  /** Who is known to routers and switches at an address of the scope, or in its VLANs. */
  silent: readonly { mac: Mac; address: string | null }[]
}

/**
 * @param met MACs by address, as the scan's own probes have met them: that goes before what a router remembers
 */
export function concludeTopology(
  views: readonly View[],
  scope: AddressSet,
  met: ReadonlyMap<string, Mac>,
): Topology {
  const known = new Set(met.values())
  const members = findMembers(views, { scope, met: known })
  return {
    places: placeMacs(views),
    silent: members.filter(
      ({ mac, address }) => !known.has(mac) && (address === null || (met.get(address) ?? mac) === mac),
    ),
  }
}
