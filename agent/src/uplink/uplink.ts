/** The way to the collector: batches in order, the policy when there is a newer one, one request at a time. */
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, MAX_ENTRIES, OphavError } from '@ophav/shared'
import { Bell } from '../schedule/bell.ts'
import type { Spool } from '../spool/spool.ts'
import { failureKind, retryDelay } from './backoff.ts'
import type { CollectorClient } from './client.ts'

/** How long a small batch waits for company while a scan fills the spool. */
const LINGER_MS = 500

/** How often the policy is asked for when no receipt tells of a newer one. */
const POLICY_INTERVAL_MS = 60_000

/** What the uplink says; one listener writes the log. */
export type UplinkEvent =
  | { type: 'delivered'; sequence: number; entries: number; applied: boolean }
  | { type: 'failed'; what: 'batch' | 'policy'; error: unknown; waitMs: number }
  | { type: 'renumbered'; from: number }
  | { type: 'withdrawn'; segment: string; entries: number }

export interface UplinkOptions {
  spool: Spool
  client: CollectorClient
  /** Asks for the policy and puts it in force. */
  refreshPolicy: (signal: AbortSignal) => Promise<void>
  /** The revision in force and the segments it names. */
  held: () => { revision: number; segments: ReadonlySet<string> }
  signal: AbortSignal
  random: () => number
  now: () => number
  onEvent: (event: UplinkEvent) => void
  /** Asked when nothing waits: whether the uplink may end. */
  isDone?: () => boolean
  /** Whether a failure that only a person can end, ends the uplink: for runs that nobody watches. */
  endsOnRefusal?: boolean
}

/** Something that is tried again: when next, and how often it failed since it last worked. */
interface Task {
  dueAt: number
  failures: number
}

/**
 * Runs until the signal fires or `isDone` says so.
 * @throws OphavError `spool.corrupt`; with `endsOnRefusal` the collector's refusal
 */
export class Uplink {
  readonly #options: UplinkOptions
  readonly #bell = new Bell()
  readonly #policy: Task = { dueAt: 0, failures: 0 }
  readonly #batch: Task = { dueAt: 0, failures: 0 }

  constructor(options: UplinkOptions) {
    this.#options = options
  }

  /** Looks again at once: what `isDone` asks about may have changed. */
  nudge(): void {
    this.#bell.ring()
  }

  async run(): Promise<void> {
    const { spool, signal, now, isDone } = this.#options
    const stop = spool.onAppend(() => this.#bell.ring())
    try {
      while (!signal.aborted) {
        if (now() >= this.#policy.dueAt) await this.#attempt(this.#policy, 'policy')
        if (signal.aborted) break
        const isWaiting = spool.hasWork()
        if (isWaiting && now() >= this.#batch.dueAt) {
          await this.#linger()
          await this.#attempt(this.#batch, 'batch')
          continue
        }
        if (!isWaiting && isDone?.()) break
        const next = isWaiting ? Math.min(this.#policy.dueAt, this.#batch.dueAt) : this.#policy.dueAt
        await this.#bell.wait(next - now(), signal)
      }
    } finally {
      stop()
    }
  }

  async #attempt(task: Task, what: 'batch' | 'policy'): Promise<void> {
    const { signal, random, now, onEvent, endsOnRefusal } = this.#options
    try {
      if (what === 'batch') await this.#deliver()
      else await this.#askPolicy()
      task.failures = 0
      task.dueAt = what === 'batch' ? 0 : now() + POLICY_INTERVAL_MS * (0.8 + 0.4 * random())
    } catch (error) {
      if (signal.aborted) return
      if (errorCode(error) === 'spool.corrupt') throw error
      if (endsOnRefusal && failureKind(error) === 'operator') throw error
      const waitMs = retryDelay(error, ++task.failures, random)
      task.dueAt = now() + waitMs
      if (error instanceof OphavError) this.#options.spool.recordFailure(error.code)
      onEvent({ type: 'failed', what, error, waitMs })
    }
  }

  async #askPolicy(): Promise<void> {
    const { refreshPolicy, signal, spool } = this.#options
    await refreshPolicy(signal)
    if (this.#batch.failures === 0) spool.recordContact()
  }

  /** Sends one batch, and acts on what the collector says about it. */
  async #deliver(): Promise<void> {
    const { spool, client, signal, onEvent } = this.#options
    const batch = spool.nextBatch()
    if (!batch) return
    try {
      const receipt = await client.sendBatch(batch.body, signal)
      if (receipt.sequence < batch.sequence)
        throw new OphavError('uplink.not-a-collector', { given: receipt.sequence, sent: batch.sequence })
      spool.acknowledge(batch.sequence)
      onEvent({
        type: 'delivered',
        sequence: batch.sequence,
        entries: batch.entries,
        applied: receipt.applied,
      })
      if (receipt.policyRevision > this.#options.held().revision) this.#policy.dueAt = 0
    } catch (error) {
      if (!(await this.#repair(error, batch.sequence))) throw error
    }
  }

  /** @returns whether the batch that was refused can now be sent in another form. */
  async #repair(error: unknown, sequence: number): Promise<boolean> {
    const { spool, signal, held, onEvent } = this.#options
    if (!(error instanceof OphavError)) return false
    const { expected, segment } = error.detail
    // There is never an earlier batch here to send again: what was acknowledged is gone, so the collector was restored.
    if (error.code === 'batch.sequence-gap' && isCount(expected) && expected < sequence) {
      spool.renumber(expected)
      onEvent({ type: 'renumbered', from: expected })
      return true
    }
    if (error.code === 'batch.wrong-segment' && typeof segment === 'string') {
      await this.#options.refreshPolicy(signal)
      if (held().segments.has(segment)) return false
      const entries = spool.withdraw(segment)
      onEvent({ type: 'withdrawn', segment, entries })
      return entries > 0
    }
    return false
  }

  async #linger(): Promise<void> {
    const { spool, signal, isDone } = this.#options
    if (isDone?.() || spool.hasBatch() || spool.holds(MAX_ENTRIES)) return
    await sleep(LINGER_MS, undefined, { signal }).catch(() => {})
  }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1
