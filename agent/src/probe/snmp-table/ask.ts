/** Asks one device whether it is a router or switch, and then for everything that it knows of others. */
import { isIdentifyingMac, type Evidence, type Mac } from '@ophav/shared/value'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { getEach } from '../snmp/collect.ts'
import { openDevice } from '../snmp/open.ts'
import type { SnmpSession } from '../snmp/session.ts'
import { integerOf, macOf } from './cell.ts'
import { LIMITS, type Limits } from './limit.ts'
import { NATURE } from './object.ts'
import { readTables, type Reading } from './read.ts'

interface Nature {
  /** A router or switch, as far as it says. */
  passesOn: boolean
  bridgeAddress: Mac | null
  reading: Reading | null
}

/** Beside what the tables may take: the first question, and the way to the device. */
const MARGIN_MS = 5_000

/** A core router has an address in every VLAN; more of them say nothing new about who it is. */
const MAX_OWN_ADDRESSES = 64

export async function ask(
  address: string,
  context: ProbeContext,
  limits: Limits = LIMITS,
): Promise<ProbeResult> {
  const share = { packets: limits.packets, duration: limits.deviceMs + MARGIN_MS }
  const { outcome, told } = await openDevice<Nature>(address, context, share, {
    remembers: true,
    first: askNature,
    further: async (session, nature, inVlan) => {
      if (!nature.passesOn) return
      const reading = await readTables(session, nature.bridgeAddress, limits, inVlan)
      // What a stopped scan has half read must not stand in the place of what an earlier one has read whole.
      if (!context.signal.aborted) nature.reading = reading
    },
  })
  const observedAt = context.now()
  // Who is neither has said nothing new about itself: that it was asked is counted, and nobody is told.
  if (outcome === 'answered' && !told?.reading)
    return { address: null, mac: null, outcome, evidence: [], observedAt }
  if (!told?.reading) return { address, mac: null, outcome, evidence: [], observedAt }
  const { tables, cuts } = told.reading
  noteCuts(context, address, cuts)
  return { address, mac: null, outcome, evidence: evidenceOf(told, told.reading), tables, observedAt }
}

/** RFC 4188: a bridge of one port passes nothing on. */
const LEAST_BRIDGE_PORTS = 2
/** RFC 4293 ipForwarding: forwarding(1). */
const FORWARDING = 1

async function askNature(session: SnmpSession): Promise<Nature> {
  const { services, layers, forwarding, bridgePorts, bridgeAddress } = NATURE
  const bound = await getEach(session, [services, forwarding, bridgePorts, bridgeAddress])
  const value = (oid: string) => bound.find((found) => found.oid === oid)?.value
  const passesOn =
    ((integerOf(value(services)) ?? 0) & layers) !== 0 ||
    value(forwarding) === FORWARDING ||
    (integerOf(value(bridgePorts)) ?? 0) >= LEAST_BRIDGE_PORTS
  return { passesOn, bridgeAddress: macOf(value(bridgeAddress)), reading: null }
}

const evidenceOf = ({ bridgeAddress }: Nature, { ownAddresses, cuts }: Reading): Evidence[] => [
  ...(bridgeAddress !== null && isIdentifyingMac(bridgeAddress)
    ? [{ kind: 'mac', value: bridgeAddress }]
    : []),
  ...ownAddresses.slice(0, MAX_OWN_ADDRESSES).map((value) => ({ kind: 'snmp.ownAddress', value })),
  ...cuts.map(({ table, cut }) => ({ kind: 'snmp.incomplete', value: `${table}: ${cut}` })),
]

/** What was cut in each scan: the coverage names it. */
const cutsOf = new WeakMap<ProbeContext, string[]>()
const MAX_NAMED = 5

function noteCuts(context: ProbeContext, address: string, cuts: Reading['cuts']): void {
  if (cuts.length === 0) return
  const all = cutsOf.get(context) ?? []
  cutsOf.set(context, all)
  all.push(`${address} (${cuts.map(({ table, cut }) => `${table}: ${cut}`).join(', ')})`)
  const more = all.length > MAX_NAMED ? ` and ${all.length - MAX_NAMED} more` : ''
  context.rung('datagrams', `tables not read to their end: ${all.slice(0, MAX_NAMED).join('; ')}${more}`)
}
