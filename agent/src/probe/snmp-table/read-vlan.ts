/** Switches of Cisco keep a forwarding table for each VLAN, each in a view of its own: VTP says which VLANs there are. */
import type { ForwardingRow, VlanRow } from '@ophav/shared/value'
import type { InVlan } from '../snmp/open.ts'
import { arcsOf, textOf, vlanOf } from './cell.ts'
import { BRIDGE, type VTP } from './object.ts'
import { readBridgePorts, readForwarding } from './read-port.ts'
import { pick, type Reader } from './reader.ts'
import type { Walked } from './walk.ts'

/** CISCO-VTP-MIB: vtpVlanState operational(1), vtpVlanType ethernet(1). */
const OPERATIONAL = 1
const ETHERNET = 1

/** Each costs a switch at least two datagrams; an access switch has about ten. */
const MAX_VLANS = 64

export const readVtp = (rows: Walked<keyof typeof VTP>['rows']): VlanRow[] =>
  [...rows].flatMap(([index, { state, type, name }]) => {
    const vlan = vlanOf(arcsOf(index)[1])
    const isLive = state === OPERATIONAL && type === ETHERNET
    return vlan === null || !isLive ? [] : [{ vlan, name: textOf(name) ?? `VLAN ${vlan}` }]
  })

/** Ends with the first VLAN that the credential does not open: it opens no other either. */
export async function readOfVlans(
  reader: Reader,
  vlans: readonly VlanRow[],
  inVlan: InVlan,
): Promise<ForwardingRow[]> {
  const forwarding: ForwardingRow[] = []
  if (vlans.length > MAX_VLANS) reader.note('forwarding', 'rows')
  for (const { vlan } of vlans.slice(0, MAX_VLANS)) {
    const session = await inVlan(vlan)
    try {
      const ports = await reader.walk('forwarding', pick(BRIDGE, 'portInterface'), 'number', session)
      if (ports.cut !== null) break
      const { rows, cut } = await reader.walk('forwarding', pick(BRIDGE, 'forwarding'), 'number', session)
      const learnt = readForwarding(new Map(), rows, new Map(), readBridgePorts(ports.rows))
      forwarding.push(...learnt.map((row) => ({ ...row, vlan })))
      if (cut !== null) break
    } finally {
      session.close()
    }
  }
  return forwarding
}
