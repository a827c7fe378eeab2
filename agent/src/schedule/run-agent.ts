/** The agent as a service: one state directory, one spool, one schedule, one uplink. */
import { BATCH_TYPE, sealEnvelope } from '@ophav/shared'
import { requireEnrolment } from '../enrol/enrolment.ts'
import { loadAgentKeys } from '../enrol/keys.ts'
import type { LocalInterface } from '../net/network.ts'
import { PolicyHolder } from '../policy/hold.ts'
import type { DropCount } from '../spool/bound.ts'
import { Spool } from '../spool/spool.ts'
import { isHalted } from '../state/halt.ts'
import { lockState } from '../state/lock.ts'
import type { StatePaths } from '../state/directory.ts'
import { CollectorClient } from '../uplink/client.ts'
import { refreshPolicy } from '../uplink/refresh-policy.ts'
import { Uplink, type UplinkEvent } from '../uplink/uplink.ts'
import { ActivityLog } from './activity.ts'
import { runListening, type ListenSegment } from './listening.ts'
import { runSchedule, type ScanSegment, type ScheduleEvent } from './schedule.ts'

export type AgentEvent =
  | UplinkEvent
  | ScheduleEvent
  | { type: 'started'; agent: string; collector: string; fingerprint: string; revision: number }
  | { type: 'spool-set-aside'; path: string }
  | { type: 'dropped'; count: DropCount }
  | { type: 'policy-problem'; code: string }
  | { type: 'policy-changed'; revision: number; segments: string[] }

export interface AgentOptions {
  paths: StatePaths
  version: string
  scan: ScanSegment
  /** Without it passive segments are left alone. */
  listen?: ListenSegment
  interfaces: () => readonly LocalInterface[]
  /** Whether this machine could connect networks; asked before each scan and while it runs. */
  forwards?: () => boolean
  signal: AbortSignal
  onEvent: (event: AgentEvent) => void
  /** Ends when every segment was scanned once and everything was delivered. */
  once?: boolean
  maxSpoolBytes?: number
  now?: () => number
  random?: () => number
}

/**
 * Runs until the signal fires; with `once`, until its work is done.
 * @throws OphavError `agent.not-enrolled`, `state.in-use`, `spool.*`; with `once` the collector's refusal
 */
export async function runAgent(options: AgentOptions): Promise<void> {
  const { paths, signal, onEvent, once = false, now = Date.now, random = Math.random } = options
  const enrolment = requireEnrolment(paths.enrolment)
  const lock = lockState(paths.lock)
  try {
    const keys = await loadAgentKeys(paths)
    const { agent } = enrolment
    using spool = new Spool({
      path: paths.spool,
      sealer: {
        agent,
        now,
        seal: (batch) => sealEnvelope(BATCH_TYPE, batch, keys.signing.privateKey, agent),
      },
      onDropped: (count) => onEvent({ type: 'dropped', count }),
      ...(options.maxSpoolBytes === undefined ? {} : { maxBytes: options.maxSpoolBytes }),
    })
    if (spool.setAside !== null) onEvent({ type: 'spool-set-aside', path: spool.setAside })
    const holder = new PolicyHolder({
      path: paths.policy,
      enrolment,
      keys,
      onProblem: (code) => onEvent({ type: 'policy-problem', code }),
    })
    await holder.load()
    holder.onChange(() =>
      onEvent({
        type: 'policy-changed',
        revision: holder.revision,
        segments: holder.policy?.segments.map(({ key }) => key) ?? [],
      }),
    )
    onEvent({
      type: 'started',
      agent,
      collector: enrolment.collector,
      fingerprint: keys.fingerprint,
      revision: holder.revision,
    })
    const client = new CollectorClient(enrolment.collector)
    const activity = new ActivityLog(now)
    const question = {
      agent,
      version: options.version,
      keys,
      client,
      holder,
      interfaces: options.interfaces,
      activity: () => activity.current,
      now,
    }
    await together(signal, (inner) => {
      let isScanned = false
      const uplink = new Uplink({
        spool,
        client,
        refreshPolicy: (stop) => refreshPolicy(question, stop),
        held: () => ({
          revision: holder.revision,
          segments: new Set(holder.policy?.segments.map(({ key }) => key)),
        }),
        signal: inner,
        random,
        now,
        onEvent,
        isDone: () => isScanned,
        endsOnRefusal: once,
      })
      const scans = runSchedule({
        holder,
        spool,
        scan: options.scan,
        gate: { now, isHalted: () => isHalted(paths.halt), forwards: options.forwards ?? (() => false) },
        activity,
        signal: inner,
        random,
        onEvent,
        once,
      })
      const rounds =
        options.listen &&
        runListening({ holder, spool, listen: options.listen, signal: inner, onEvent, once })
      return [
        uplink.run(),
        Promise.all([scans, rounds]).then(() => {
          isScanned = true
          uplink.nudge()
        }),
      ]
    })
  } finally {
    lock.release()
  }
}

/** Runs tasks side by side; the first that fails stops the others, and all have ended when this returns. */
async function together(signal: AbortSignal, start: (inner: AbortSignal) => Promise<void>[]): Promise<void> {
  const stop = new AbortController()
  const end = () => stop.abort(signal.reason)
  if (signal.aborted) end()
  signal.addEventListener('abort', end)
  const tasks = start(stop.signal)
  try {
    await Promise.all(tasks)
  } catch (error) {
    stop.abort()
    throw error
  } finally {
    await Promise.allSettled(tasks)
    signal.removeEventListener('abort', end)
  }
}
