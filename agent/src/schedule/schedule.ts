/** Scans each segment of the policy when it is due, one at a time, and obeys a policy that changes meanwhile. */
import { errorCode, type PolicySegment, type SnmpCredential } from '@ophav/shared'
import type { PolicyHolder } from '../policy/hold.ts'
import type { ScanEvent } from '../scan/event.ts'
import type { Spool } from '../spool/spool.ts'
import { Bell } from './bell.ts'
import { nextDue } from './due.ts'
import { recordScan, type RecordedScan } from './record-scan.ts'

/** Runs one scan; the agent's own is `scanSegment` with its network and probes. */
export type ScanSegment = (
  segment: PolicySegment,
  credentials: readonly SnmpCredential[],
  signal: AbortSignal,
) => AsyncIterable<ScanEvent>

export type ScheduleEvent =
  | { type: 'scan-started'; segment: string }
  | { type: 'scan-ended'; segment: string; recorded: RecordedScan; stopped: boolean }
  | { type: 'scan-failed'; segment: string; error: unknown }
  | { type: 'no-policy' }
  | { type: 'nothing-approved' }

export interface ScheduleOptions {
  holder: PolicyHolder
  spool: Spool
  scan: ScanSegment
  signal: AbortSignal
  now: () => number
  random: () => number
  onEvent: (event: ScheduleEvent) => void
  /** Ends when every segment of the policy was scanned once, whenever that was due. */
  once: boolean
}

/** @throws OphavError `spool.corrupt` */
export async function runSchedule(options: ScheduleOptions): Promise<void> {
  const { holder, spool, signal, now, onEvent, once } = options
  const bell = new Bell()
  const stopListening = holder.onChange(() => bell.ring())
  const lots = new Map<string, number>()
  const scanned = new Set<string>()
  /** As each segment stood in the policy when its last scan began; after a restart, in the policy that was kept. */
  const stood = new Map(holder.policy?.segments.map((segment) => [segment.key, JSON.stringify(segment)]))
  try {
    if (!holder.policy) onEvent({ type: 'no-policy' })
    while (!signal.aborted) {
      const segments = holder.policy?.segments ?? []
      if (holder.policy && segments.length === 0) onEvent({ type: 'nothing-approved' })
      const left = once ? segments.filter((segment) => !scanned.has(segment.key)) : segments
      if (once && holder.policy && left.length === 0) return
      const started = once ? {} : withoutChanged(spool.lastScans(), segments, stood)
      const due = nextDue(left, started, lots, now())
      if (due && due.at <= now()) {
        lots.set(due.segment.key, options.random())
        scanned.add(due.segment.key)
        stood.set(due.segment.key, JSON.stringify(due.segment))
        await scanOne(options, due.segment)
      } else await bell.wait(due ? due.at - now() : Infinity, signal)
    }
  } finally {
    stopListening()
  }
}

/** A segment whose policy has changed since its scan is scanned anew. */
function withoutChanged(
  scans: Readonly<Record<string, number>>,
  segments: readonly PolicySegment[],
  stood: ReadonlyMap<string, string>,
): Record<string, number> {
  const kept = { ...scans }
  for (const segment of segments) {
    const before = stood.get(segment.key)
    if (before !== undefined && before !== JSON.stringify(segment)) delete kept[segment.key]
  }
  return kept
}

async function scanOne(options: ScheduleOptions, segment: PolicySegment): Promise<void> {
  const { holder, spool, scan, now, onEvent } = options
  const stop = new AbortController()
  const end = () => stop.abort(options.signal.reason)
  options.signal.addEventListener('abort', end)
  // A scope that was narrowed or withdrawn holds for the scan that is running.
  const stopListening = holder.onChange(() => {
    const current = holder.policy?.segments.find(({ key }) => key === segment.key)
    if (JSON.stringify(current) !== JSON.stringify(segment)) stop.abort()
  })
  try {
    spool.recordScanStart(segment.key, now())
    onEvent({ type: 'scan-started', segment: segment.key })
    const events = scan(segment, holder.credentials(segment.key), stop.signal)
    const recorded = await recordScan(events, segment.key, spool, stop.signal)
    onEvent({ type: 'scan-ended', segment: segment.key, recorded, stopped: stop.signal.aborted })
  } catch (error) {
    if (errorCode(error) === 'spool.corrupt') throw error
    if (!stop.signal.aborted) onEvent({ type: 'scan-failed', segment: segment.key, error })
  } finally {
    stopListening()
    options.signal.removeEventListener('abort', end)
  }
}
