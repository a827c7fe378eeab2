/** How far a scan is: what is done of each sweep, under which name and in which order, and the checkpoints of it. */
import { randomUUID } from 'node:crypto'
import type { AddressSet, Coverage, NotAttemptedReason } from '@ophav/shared'
import { AddressMarks } from './address-marks.ts'
import { BatchBook } from './batch-book.ts'
import type { SavedScan, ScanHead } from './checkpoint.ts'
import type { CoverageCount } from './coverage.ts'
import type { EventQueue } from './event-queue.ts'
import type { ScanEvent } from './event.ts'
import type { Hosts } from './hosts.ts'
import type { LinkCheck } from './link-check.ts'
import { drawSeed } from './random-order.ts'

export interface CourseOptions {
  scope: AddressSet
  events: EventQueue<ScanEvent>
  count: CoverageCount
  hosts: Hosts
  signal: AbortSignal
  now: () => number
  /** A scan of the same scope that was interrupted. */
  saved?: SavedScan | null
}

export class ScanCourse {
  readonly book: BatchBook
  /** Sweeps that are over. */
  readonly swept: Set<string>
  /** Gives the order of addresses. */
  readonly seed: string
  readonly #options: CourseOptions
  readonly #head: Pick<ScanHead, 'scan' | 'startedAt' | 'resumed'>
  readonly #done = new Map<string, AddressMarks>()
  #markedAtCheckpoint = -1
  #checkpointAt = performance.now()

  constructor(options: CourseOptions) {
    const { saved, now } = options
    this.#options = options
    this.book = new BatchBook(now, saved?.head.packetsSent)
    this.swept = new Set(saved?.head.swept)
    this.seed = saved?.head.seed ?? drawSeed()
    this.#head = {
      scan: saved?.head.scan ?? randomUUID(),
      startedAt: saved?.head.startedAt ?? now(),
      resumed: saved ? saved.head.resumed + 1 : 0,
    }
  }

  /** What a sweep has done. */
  doneBy(probe: string): AddressMarks {
    const { scope, saved } = this.#options
    const done = this.#done.get(probe) ?? new AddressMarks(scope, saved?.marks[`done:${probe}`])
    this.#done.set(probe, done)
    return done
  }

  /** Milliseconds. */
  sinceCheckpoint(): number {
    return performance.now() - this.#checkpointAt
  }

  /** Resolves when the reader has kept it. @param sending what is sent until the next one, at most */
  async checkpoint(sending: { probe: string; atMost: number } | null): Promise<void> {
    const { events, count, hosts, signal, now } = this.#options
    this.#checkpointAt = performance.now()
    const sent = this.book.take()
    for (const { probe, packets } of sent) count.sent(probe, packets)
    const head: ScanHead = {
      ...this.#head,
      seed: this.seed,
      swept: [...this.swept],
      packetsSent: this.book.total,
      failed: count.hasFailed,
      probes: count.saveProbes(),
      notAttempted: count.saveShorted(),
      sending: sending && { ...sending, since: now() },
    }
    events.push({
      type: 'checkpoint',
      checkpoint: { head, marks: this.#changedMarks(), hosts: hosts.takeChanged(), sent },
    })
    await events.drained(signal)
  }

  coverage(stopped: NotAttemptedReason | null, link: LinkCheck): Coverage {
    const { count, now } = this.#options
    return count.end({ ...this.#head, endedAt: now(), packetsSent: this.book.total, stopped, link })
  }

  #changedMarks() {
    const { count } = this.#options
    const marked = [...this.#done.values()].reduce((sum, done) => sum + done.count, count.marked)
    if (marked === this.#markedAtCheckpoint) return null
    this.#markedAtCheckpoint = marked
    const done = [...this.#done].map(([probe, marks]) => [`done:${probe}`, marks.toBytes()] as const)
    return { ...count.saveMarks(), ...Object.fromEntries(done) }
  }
}
