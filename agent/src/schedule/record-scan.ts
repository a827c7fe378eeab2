/** Puts a running scan into the spool: in bursts while it runs, its coverage at the end. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, type Coverage } from '@ophav/shared'
import type { ScanEvent } from '../scan/event.ts'
import type { Appended, Sighting } from '../spool/append.ts'
import type { CheckpointOrigin } from '../spool/scan-progress.ts'
import type { Spool } from '../spool/spool.ts'

/** A burst is one transaction: as large as a batch, or as old as a person's patience. */
const BURST_SIZE = 500
const BURST_AGE_MS = 1_000

/** How long a scan that was told to stop may take to close what is open. */
export const STOP_GRACE_MS = 3_000

export interface RecordedScan {
  observations: number
  presences: number
  /** Null when the scan ended without one. */
  coverage: Coverage | null
}

/**
 * @param signal the one that the scan itself listens to; a scan that does not end in time after it is left behind
 * @throws what the scan throws; OphavError `spool.corrupt`
 */
export async function recordScan(
  events: AsyncIterable<ScanEvent>,
  origin: CheckpointOrigin,
  spool: Spool,
  signal: AbortSignal,
  onEvent: (event: ScanEvent) => void = () => {},
): Promise<RecordedScan> {
  const { segment, revision } = origin
  const burst = new Burst(spool, { segment, scan: randomUUID() })
  let coverage: Coverage | null = null
  try {
    for await (const event of untilStopped(events, signal)) {
      burst.check()
      onEvent(event)
      if (event.type === 'result') burst.add(event)
      else if (event.type === 'end') coverage = { ...event.coverage, policyRevision: revision }
      else if (event.type === 'checkpoint') {
        // What was found is on the disk before it is said to be done.
        burst.flush()
        burst.origin.scan = event.checkpoint.head.scan
        spool.scans.save(origin, event.checkpoint)
      }
    }
  } finally {
    burst.end(coverage)
  }
  return { observations: burst.total.observations, presences: burst.total.presences, coverage }
}

/** Sightings on their way to the disk. */
class Burst {
  readonly total: Appended = { observations: 0, presences: 0, bytes: 0 }
  readonly #spool: Spool
  /** A scan that goes on after an interruption keeps its name. */
  readonly origin: { segment: string; scan: string }
  #waiting: Sighting[] = []
  #timer: NodeJS.Timeout | null = null
  #failure: unknown = null

  constructor(spool: Spool, origin: { segment: string; scan: string }) {
    this.#spool = spool
    this.origin = origin
  }

  add({ probe, result }: Sighting): void {
    this.#waiting.push({ probe, result })
    if (this.#waiting.length >= BURST_SIZE) this.#write()
    // A probe that waits for late answers must not hold back the early ones.
    else this.#timer ??= setTimeout(() => this.#writeLate(), BURST_AGE_MS)
  }

  flush(): void {
    this.#write()
  }

  /** Throws what went wrong while nobody looked. */
  check(): void {
    if (this.#failure !== null) throw this.#failure
  }

  end(coverage: Coverage | null): void {
    if (this.#failure === null) this.#write()
    if (this.#timer) clearTimeout(this.#timer)
    if (coverage && this.#failure === null) this.#appendCoverage(coverage)
  }

  /** A coverage for which there is no room is lost as late news; what was dropped stays counted for the next. */
  #appendCoverage(coverage: Coverage): void {
    try {
      this.#spool.appendCoverage(coverage, this.origin.scan)
    } catch (error) {
      if (errorCode(error) !== 'spool.full') throw error
    }
  }

  #writeLate(): void {
    try {
      this.#write()
    } catch (error) {
      this.#failure = error
    }
  }

  #write(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const burst = this.#waiting
    this.#waiting = []
    if (burst.length === 0) return
    const appended = this.#spool.append(this.origin, burst)
    this.total.observations += appended.observations
    this.total.presences += appended.presences
  }
}

const STUCK = Symbol('stuck')

/** The events, until they end by themselves or the grace after a stop is over. */
async function* untilStopped(
  events: AsyncIterable<ScanEvent>,
  signal: AbortSignal,
): AsyncGenerator<ScanEvent> {
  const iterator = events[Symbol.asyncIterator]()
  const abandoned = new AbortController()
  const stuck = aborted(signal, abandoned.signal).then(() =>
    sleep(STOP_GRACE_MS, STUCK, { signal: abandoned.signal }).catch(() => STUCK),
  )
  try {
    for (;;) {
      const next = iterator.next()
      // Left behind, its late failure concerns nobody.
      next.catch(() => {})
      const step = await Promise.race([next, stuck])
      if (step === STUCK || typeof step === 'symbol' || step.done) return
      yield step.value
    }
  } finally {
    abandoned.abort()
  }
}

function aborted(signal: AbortSignal, or: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const end = () => {
      signal.removeEventListener('abort', end)
      or.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end)
    or.addEventListener('abort', end)
  })
}
