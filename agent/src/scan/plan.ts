/** What a scan would send, without sending anything: the dry run. */
import { AddressSet, parseRange, type PolicySegment } from '@ophav/shared/value'
import { linksOf } from '../net/link.ts'
import type { LocalInterface } from '../net/network.ts'
import type { Probe } from '../probe/probe.ts'
import { chunkSize } from './chunk.ts'
import { approvedScope, BARRED_TCP } from './scope.ts'

export interface PlannedProbe {
  probe: string
  title: string
  /** `everybody` in scope, `group`: one call that all hear, `devices` that the sweeps have found. */
  to: 'everybody' | 'group' | 'devices'
  transport: Probe['transport']
  ports: number[]
  /** How many addresses get packets; null for devices, which are not known yet. */
  addresses: number | null
  /** At most. */
  packetsPerAddress: number
  /** At most; null where it depends on who is found. */
  packets: number | null
  /** At most, at the pace of the policy; null where it depends on who is found. */
  seconds: number | null
}

export interface ScanPlan {
  ranges: string[]
  inScope: number
  excluded: { range: string; addresses: number; reason: string }[]
  barredPorts: number[]
  /** What no packet goes out for, and why. */
  left: { probe: string; reason: string }[]
  probes: PlannedProbe[]
  /** Pieces that an interruption can cost one of. */
  pieces: number
  pace: PolicySegment['pace']
  /** All sweeps together, at most. */
  sweepSeconds: number
  /** What a hundred devices would take to be asked, at most. */
  secondsPerHundredDevices: number
}

/** @throws OphavError `address.invalid-range` */
export function planScan(
  segment: PolicySegment,
  probes: readonly Probe[],
  interfaces: readonly LocalInterface[],
  hasCredentials: boolean,
): ScanPlan {
  const { pace, ranges, exclusions } = segment
  const { addresses: scope } = approvedScope(ranges, exclusions)
  const elsewhere = scope.without(new AddressSet(linksOf(interfaces).map(({ range }) => range)))
  const onLink = scope.size - elsewhere.size
  const reach = (transport: Probe['transport']): number =>
    transport === 'frame' ? onLink : transport === 'icmp' ? elsewhere.size : scope.size
  const left: ScanPlan['left'] = []
  const planned: PlannedProbe[] = []
  for (const probe of probes) {
    const { name } = probe
    if (!segment.probes.includes(name)) left.push({ probe: name, reason: 'not in the policy' })
    else if (probe.transport === 'frame' && onLink === 0)
      left.push({ probe: name, reason: 'no address in scope is on a link of this machine' })
    else if (probe.transport === 'icmp' && elsewhere.size === 0)
      left.push({ probe: name, reason: 'every address in scope is on a link of this machine' })
    else if (name === 'snmp' && !hasCredentials) left.push({ probe: name, reason: 'no credential' })
    else planned.push(planProbe(probe, reach(probe.transport), pace))
  }
  const questions = planned.filter(({ to }) => to === 'devices')
  const perDevice = questions.reduce((sum, { packetsPerAddress }) => sum + packetsPerAddress, 0)
  return {
    ranges: [...ranges],
    inScope: scope.size,
    excluded: exclusions.map((range) => ({
      range,
      addresses:
        AddressSet.parse(ranges).size -
        AddressSet.parse(ranges).without(new AddressSet([parseRange(range)])).size,
      reason: 'excluded: no packet is ever sent there',
    })),
    barredPorts: [...BARRED_TCP],
    left,
    probes: planned,
    pieces: Math.ceil(scope.size / chunkSize(pace)),
    pace,
    sweepSeconds: planned.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0),
    secondsPerHundredDevices: Math.max(
      over(100 * perDevice, pace.devicePacketsPerSecond),
      over(perDevice, pace.packetsPerSecondPerDevice) * Math.ceil(100 / pace.concurrentDevices),
    ),
  }
}

/** 0 is without limit. */
const over = (packets: number, perSecond: number): number => (perSecond > 0 ? packets / perSecond : 0)

function planProbe(probe: Probe, addresses: number, pace: PolicySegment['pace']): PlannedProbe {
  const { name, title, transport, packetsPerDevice } = probe
  const to = probe.kind === 'ask' ? 'devices' : transport === 'multicast' ? 'group' : 'everybody'
  const count = to === 'devices' ? null : to === 'group' ? 1 : addresses
  const packets = count === null ? null : count * packetsPerDevice
  return {
    probe: name,
    title,
    to,
    transport,
    ports: [...probe.ports],
    addresses: count,
    packetsPerAddress: packetsPerDevice,
    packets,
    seconds: packets === null ? null : over(packets, pace.sweepPacketsPerSecond),
  }
}
