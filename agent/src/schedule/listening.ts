/** Listens on each passive segment of the policy, all the time and side by side, and obeys a policy that changes. */
import { errorCode, type PolicySegment } from '@ophav/shared'
import type { PolicyHolder } from '../policy/hold.ts'
import type { ScanEvent } from '../scan/event.ts'
import type { Spool } from '../spool/spool.ts'
import { Bell } from './bell.ts'
import { recordScan } from './record-scan.ts'
import type { ScheduleEvent } from './schedule.ts'
import { scopeDigest } from './scope-digest.ts'

/** Opens a listener on a segment; the agent's own is `Listener`. */
export type ListenSegment = (segment: PolicySegment) => Promise<SegmentListener>

export interface SegmentListener extends Disposable {
  round(options: { milliseconds: number; signal: AbortSignal }): AsyncIterable<ScanEvent>
}

export interface ListeningOptions {
  holder: PolicyHolder
  spool: Spool
  listen: ListenSegment
  signal: AbortSignal
  onEvent: (event: ScheduleEvent) => void
  /** Ends when every passive segment was listened to once. */
  once: boolean
}

/** Most announcements come once a minute (LLDP 30 s, CDP and MNDP 60 s): `once` hears those, and not the rarer ones. */
const ONCE_MS = 90_000
/** An interface that is not there, or is taken away, may come back. */
const RETRY_MS = 60_000

interface Task {
  /** The segment as it stood in the policy when this began. */
  stood: string
  stop: AbortController
  done: Promise<void>
}

/** @throws OphavError `spool.corrupt` */
export async function runListening(options: ListeningOptions): Promise<void> {
  const { holder, signal, once } = options
  const bell = new Bell()
  const stopWatching = holder.onChange(() => bell.ring())
  const tasks = new Map<string, Task>()
  const failures: unknown[] = []
  const end = async (key: string, task: Task) => {
    task.stop.abort()
    await task.done
    tasks.delete(key)
  }
  try {
    while (!signal.aborted && failures.length === 0) {
      const passive = holder.policy?.segments.filter(({ mode }) => mode === 'passive') ?? []
      for (const [key, task] of tasks)
        if (task.stood !== JSON.stringify(passive.find((segment) => segment.key === key)))
          await end(key, task)
      for (const segment of passive) {
        if (tasks.has(segment.key)) continue
        const stop = new AbortController()
        const done = listenTo(options, segment, stop.signal).catch((error: unknown) => {
          failures.push(error)
          bell.ring()
        })
        tasks.set(segment.key, { stood: JSON.stringify(segment), stop, done })
      }
      if (once && holder.policy) {
        await untilStopped(Promise.all([...tasks.values()].map(({ done }) => done)), signal)
        break
      }
      await bell.wait(Infinity, signal)
    }
  } finally {
    stopWatching()
    for (const [key, task] of tasks) await end(key, task)
  }
  if (failures.length > 0) throw failures[0]
}

/** Round after round, each as long as the time between two scans would be. */
async function listenTo(
  options: ListeningOptions,
  segment: PolicySegment,
  signal: AbortSignal,
): Promise<void> {
  const { once } = options
  const milliseconds = segment.intervalSeconds * 1000
  while (!signal.aborted) {
    try {
      using listener = await options.listen(segment)
      if (once) return await recordRound(options, listener, segment, Math.min(milliseconds, ONCE_MS), signal)
      while (!signal.aborted) await recordRound(options, listener, segment, milliseconds, signal)
    } catch (error) {
      if (errorCode(error) === 'spool.corrupt') throw error
      if (signal.aborted) return
      options.onEvent({ type: 'scan-failed', segment: segment.key, error })
    }
    if (once) return
    await new Bell().wait(RETRY_MS, signal)
  }
}

async function recordRound(
  { holder, spool, onEvent }: ListeningOptions,
  listener: SegmentListener,
  segment: PolicySegment,
  milliseconds: number,
  signal: AbortSignal,
): Promise<void> {
  onEvent({ type: 'scan-started', segment: segment.key })
  const origin = { segment: segment.key, scope: scopeDigest(segment), revision: holder.revision }
  const events = listener.round({ milliseconds, signal })
  const recorded = await recordScan(events, origin, spool, signal)
  onEvent({ type: 'scan-ended', segment: segment.key, recorded, stopped: signal.aborted })
}

async function untilStopped(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (signal.aborted) resolve()
  })
  await Promise.race([work, stopped])
}
