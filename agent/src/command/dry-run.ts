/** `scan --dry-run`: what would be sent, to whom, how fast and for how long; nothing is. */
import { OphavError, type PolicySegment } from '@ophav/shared'
import { readEnrolment } from '../enrol/enrolment.ts'
import { PolicyHolder } from '../policy/hold.ts'
import { planScan, type PlannedProbe, type ScanPlan } from '../scan/plan.ts'
import { openStateDirectory } from '../state/directory.ts'
import { printable } from '@ophav/shared/value'
import { duration } from './progress.ts'
import type { Scanner } from './scanner.ts'

export interface DryRunSegment {
  segment: PolicySegment
  hasCredentials: boolean
  /** What forbids scanning it now; null where nothing does. */
  obstacle: string | null
}

/**
 * The segment as the policy in force has it. Credentials stay sealed: the plan counts with them.
 * @throws OphavError `agent.not-enrolled`, `segment.unknown`, `state.unwritable`
 */
export async function policySegment(key: string, state: string | undefined): Promise<PolicySegment> {
  const paths = openStateDirectory(state)
  const enrolment = readEnrolment(paths.enrolment)
  if (enrolment === null) throw new OphavError('agent.not-enrolled')
  const holder = new PolicyHolder({ path: paths.policy, enrolment, keys: null, onProblem: () => {} })
  await holder.load()
  const segment = holder.policy?.segments.find((one) => one.key === key)
  if (!segment) throw new OphavError('segment.unknown', { segment: key })
  return segment
}

export function dryRun(
  { segment, hasCredentials, obstacle }: DryRunSegment,
  scanner: Pick<Scanner, 'declared' | 'interfaces'>,
  isJson: boolean,
): string {
  const plan = planScan(segment, scanner.declared, scanner.interfaces(), hasCredentials)
  return isJson ? `${JSON.stringify({ obstacle, ...plan }, null, 2)}\n` : describePlan(plan, obstacle)
}

export function describePlan(plan: ScanPlan, obstacle: string | null): string {
  const { pace } = plan
  const rate = (perSecond: number, of: string) =>
    perSecond > 0 ? `${perSecond} packets/s ${of}` : `no limit ${of}`
  const lines = [
    `Nothing was sent. A scan of ${plan.ranges.map((range) => printable(range)).join(', ')} would touch ${plan.inScope} addresses, in ${plan.pieces} ${plan.pieces === 1 ? 'piece' : 'pieces'} and random order.`,
    ...(obstacle === null ? [] : [`It would not begin now: ${obstacle}.`]),
    '',
    ...plan.probes.map(describeProbe),
    ...plan.left.map(({ probe, reason }) => `  ${probe.padEnd(WIDTH)} nothing: ${reason}`),
    '',
    `Pace: ${rate(pace.sweepPacketsPerSecond, 'for sweeps')}, ${rate(pace.devicePacketsPerSecond, 'towards devices')}, ${rate(pace.packetsPerSecondPerDevice, 'to one device')}, ${pace.concurrentDevices} devices at a time, one TCP connection a device.`,
    `Sweeps take at most ${duration(plan.sweepSeconds)}; then each hundred devices take at most ${duration(plan.secondsPerHundredDevices)}.`,
    ...(plan.excluded.length === 0 ? ['Excluded: no address.'] : []),
    ...plan.excluded.map(
      ({ range, addresses, reason }) => `Excluded: ${printable(range)}, ${addresses} addresses (${reason}).`,
    ),
    `Never dialled: TCP ${plan.barredPorts.join(', ')} (printers print what they get).`,
  ]
  return `${lines.join('\n')}\n`
}

const WIDTH = 16

function describeProbe({ probe, to, transport, ports, addresses, packetsPerAddress, packets }: PlannedProbe) {
  const whom =
    to === 'devices'
      ? `each device found, at most ${packetsPerAddress} packets`
      : to === 'group'
        ? `the group, at most ${packetsPerAddress} packets`
        : `${addresses} addresses, at most ${packetsPerAddress} packets each, ${packets} in all`
  return `  ${probe.padEnd(WIDTH)} ${carrierOf(transport, ports)} to ${whom}`
}

function carrierOf(transport: PlannedProbe['transport'], ports: readonly number[]): string {
  if (ports.length === 0) return transport === 'icmp' ? 'ICMP echo' : 'ICMPv6'
  return `${transport === 'frame' ? 'ARP, else ' : ''}UDP ${ports.join(', ')}`
}
