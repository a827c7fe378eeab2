/** For tests: policies, and scans that see two devices or never end. */
import { POLITE_PACE, type Policy, type PolicySegment } from '@ophav/shared'
import type { ScanEvent } from '../scan/event.ts'
import { AGENT, coverage, sighting } from '../spool/spool.testkit.ts'
import type { ScanSegment } from './schedule.ts'

export const segment = (key: string, intervalSeconds = 3600): PolicySegment => ({
  key,
  name: key,
  ranges: ['10.0.0.0/24'],
  exclusions: [],
  pace: POLITE_PACE,
  probes: ['snmp-sweep'],
  intervalSeconds,
})

export const policy = (revision: number, segments: PolicySegment[], more: Partial<Policy> = {}): Policy => ({
  agent: AGENT,
  revision,
  issuedAt: new Date().toISOString(),
  segments,
  ...more,
})

/** A scan that sees two devices. */
export const twoDevices: ScanSegment = async function* ({ key }): AsyncGenerator<ScanEvent> {
  yield { type: 'phase', probe: 'snmp-sweep', title: 'SNMP', attempts: 2 }
  for (const device of [1, 2]) yield { type: 'result', ...sighting(device, 'a') }
  yield { type: 'end', coverage: coverage(key) }
}

/** A scan that waits until it is stopped; one that is `stubborn` does not even then. */
export const endless = (stubborn: boolean): ScanSegment =>
  async function* (_segment, _credentials, signal): AsyncGenerator<ScanEvent> {
    yield { type: 'result', ...sighting(1, 'a') }
    await new Promise<void>((resolve) => {
      if (!stubborn) signal.addEventListener('abort', () => resolve())
    })
    yield { type: 'end', coverage: { ...coverage(_segment.key), complete: false } }
  }
