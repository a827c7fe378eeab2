/** Scans each active segment of the policy when it is due and allowed, one at a time; what was interrupted goes on at once. */
import { errorCode, type PolicySegment, type SnmpCredential } from '@ophav/shared'
import type { PolicyHolder } from '../policy/hold.ts'
import type { SavedScan } from '../scan/checkpoint.ts'
import type { ScanEvent } from '../scan/event.ts'
import { stopFor } from '../scan/stop.ts'
import type { Spool } from '../spool/spool.ts'
import type { ActivityLog } from './activity.ts'
import { Bell } from './bell.ts'
import { nextDue } from './due.ts'
import { obstacleTo, watchGate, type Gate, type Obstacle } from './gate.ts'
import { heldCoverage } from './held.ts'
import { recordScan, type RecordedScan } from './record-scan.ts'
import { scopeDigest } from './scope-digest.ts'

/** Runs one scan; the agent's own is `scanSegment` with its network and probes. */
export type ScanSegment = (
  segment: PolicySegment,
  credentials: readonly SnmpCredential[],
  signal: AbortSignal,
  /** What was kept of a scan that was interrupted. */
  saved: SavedScan | null,
) => AsyncIterable<ScanEvent>

export type ScheduleEvent =
  | { type: 'scan-started'; segment: string }
  | { type: 'scan-resumed'; segment: string; resumed: number }
  | { type: 'scan-ended'; segment: string; recorded: RecordedScan; stopped: boolean }
  | { type: 'scan-failed'; segment: string; error: unknown }
  /** Due, and not allowed. */
  | { type: 'scan-held'; segment: string; obstacle: Obstacle }
  | { type: 'device-resting'; segment: string; address: string; reason: string; milliseconds: number | null }
  | { type: 'no-policy' }
  | { type: 'nothing-approved' }

export interface ScheduleOptions {
  holder: PolicyHolder
  spool: Spool
  scan: ScanSegment
  gate: Gate
  activity: ActivityLog
  signal: AbortSignal
  random: () => number
  onEvent: (event: ScheduleEvent) => void
  /** Ends when every segment of the policy was scanned once, or may not be, whenever that was due. */
  once: boolean
}

/** How often a segment that may not be scanned is looked at again. */
const HELD_MS = 1_000

/** @throws OphavError `spool.corrupt` */
export async function runSchedule(options: ScheduleOptions): Promise<void> {
  const { holder, signal, gate, onEvent, once } = options
  const { now } = gate
  const bell = new Bell()
  const stopListening = holder.onChange(() => bell.ring())
  const lots = new Map<string, number>()
  const scanned = new Set<string>()
  /** The obstacle that each segment's last look met, so that each is told once. */
  const held = new Map<string, Obstacle>()
  /** As each segment stood in the policy when its last scan began; after a restart, in the policy that was kept. */
  const stood = new Map(holder.policy?.segments.map((segment) => [segment.key, scopeDigest(segment)]))
  try {
    if (!holder.policy) onEvent({ type: 'no-policy' })
    while (!signal.aborted) {
      const segments = holder.policy?.segments ?? []
      if (holder.policy && segments.length === 0) onEvent({ type: 'nothing-approved' })
      const active = segments.filter(({ mode }) => mode !== 'passive')
      const left = once ? active.filter((segment) => !scanned.has(segment.key)) : active
      if (once && holder.policy && left.length === 0) return
      const open = left.filter(
        (segment) => !isHeld(options, segment, startsOf(options, segments, stood), held, scanned),
      )
      if (once && open.length < left.length) continue
      const due = nextDue(open, startsOf(options, segments, stood), lots, now())
      if (due && due.at <= now()) {
        lots.set(due.segment.key, options.random())
        scanned.add(due.segment.key)
        stood.set(due.segment.key, scopeDigest(due.segment))
        await scanOne(options, due.segment)
      } else {
        const wait = due ? due.at - now() : Infinity
        await bell.wait(open.length < left.length ? Math.min(wait, HELD_MS) : wait, signal)
      }
    }
  } finally {
    stopListening()
  }
}

/** Whether a segment may not be scanned now; what that means for the collector is told once. */
function isHeld(
  options: ScheduleOptions,
  segment: PolicySegment,
  starts: Readonly<Record<string, number>>,
  held: Map<string, Obstacle>,
  scanned: Set<string>,
): boolean {
  const { spool, gate, onEvent, once, activity, holder } = options
  const obstacle = obstacleTo(segment, gate)
  if (obstacle === null) {
    held.delete(segment.key)
    return false
  }
  const due = nextDue([segment], starts, new Map(), gate.now())
  if (!once && due && due.at > gate.now()) return true
  activity.wait(segment.key, obstacle)
  if (once) scanned.add(segment.key)
  if (held.get(segment.key) === obstacle) return true
  held.set(segment.key, obstacle)
  onEvent({ type: 'scan-held', segment: segment.key, obstacle })
  // A window opens again by itself; of all else the collector is to know that nobody looks.
  if (obstacle !== 'window' || once)
    appendIfRoom(spool, heldCoverage(segment, obstacle, holder.revision, gate.now()))
  return true
}

function appendIfRoom(spool: Spool, coverage: Parameters<Spool['appendCoverage']>[0]): void {
  try {
    spool.appendCoverage(coverage)
  } catch (error) {
    if (errorCode(error) !== 'spool.full') throw error
  }
}

/** When scans began; a segment counts as never scanned where its scope has changed or its scan was interrupted. */
function startsOf(
  { spool, once }: ScheduleOptions,
  segments: readonly PolicySegment[],
  stood: ReadonlyMap<string, string>,
): Record<string, number> {
  if (once) return {}
  const starts = { ...spool.scans.lastStarts() }
  for (const segment of segments) {
    const before = stood.get(segment.key)
    if (before !== undefined && before !== scopeDigest(segment)) delete starts[segment.key]
  }
  for (const segment of spool.scans.unfinished()) delete starts[segment]
  return starts
}

async function scanOne(options: ScheduleOptions, segment: PolicySegment): Promise<void> {
  const { holder, spool, scan, gate, activity, onEvent } = options
  const { key } = segment
  const stop = new AbortController()
  const end = () => stop.abort(stopFor('interrupted'))
  options.signal.addEventListener('abort', end)
  // A scope that was narrowed or withdrawn holds for the scan that is running.
  const stopListening = holder.onChange(() => {
    const current = holder.policy?.segments.find((other) => other.key === key)
    if (JSON.stringify(current) === JSON.stringify(segment)) return
    stop.abort(stopFor((current && obstacleTo(current, gate)) ?? 'policy'))
  })
  const stopWatching = watchGate(segment, gate, (obstacle) => stop.abort(stopFor(obstacle)))
  const origin = { segment: key, scope: scopeDigest(segment), revision: holder.revision }
  try {
    const saved = spool.scans.takeUp(origin)
    if (!saved) spool.scans.recordStart(key, gate.now())
    activity.scan(key)
    onEvent(
      saved
        ? { type: 'scan-resumed', segment: key, resumed: saved.head.resumed + 1 }
        : { type: 'scan-started', segment: key },
    )
    const events = scan(segment, holder.credentials(key), stop.signal, saved)
    const recorded = await recordScan(events, origin, spool, stop.signal, (event) => {
      activity.scan(key, event)
      if (event.type === 'resting') onEvent({ ...event, type: 'device-resting', segment: key })
    })
    // What was stopped goes on when it may; the end of everything else is an end.
    if (!stop.signal.aborted) spool.scans.recordEnd(key, gate.now(), origin.revision)
    onEvent({ type: 'scan-ended', segment: key, recorded, stopped: stop.signal.aborted })
  } catch (error) {
    if (errorCode(error) === 'spool.corrupt') throw error
    // What fails is not tried again before its turn.
    if (!stop.signal.aborted) {
      spool.scans.recordEnd(key, gate.now(), origin.revision)
      onEvent({ type: 'scan-failed', segment: key, error })
    }
  } finally {
    stopWatching()
    stopListening()
    activity.rest()
    options.signal.removeEventListener('abort', end)
  }
}
