/** Watches how devices bear being asked: one that grows slow or falls silent is left alone, longer each time. */
import type { LatencyLimit } from '@ophav/shared'

/** Fewer say nothing: the first answer often waits for ARP or for a sleeping processor. */
const BASELINE_SAMPLES = 3
const RECENT_SAMPLES = 3

/** Below this, three times as slow is the network's doing, this machine's, or that of a heavier question. */
const LEAST_INCREASE_MS = 400

/** Unanswered questions in a row, over at least so long, raise the suspicion that a device is gone. */
const SUSPECT_QUESTIONS = 3
const SUSPECT_MS = 2_000

export type RestReason = 'backoff' | 'latency'

interface Question {
  port: number
  data: Uint8Array
}

interface Watched {
  /** On the watch's clock; null while no question is open. */
  openSince: number | null
  openQuestions: number
  last: Question | null
  /** A question that it has answered: it can be repeated without harm. */
  answered: Question | null
  /** By service: each has its own usual time. */
  times: Map<string, { baseline: number[]; recent: number[] }>
  rests: number
  restsUntil: number
}

export interface DeviceWatchOptions {
  limit: LatencyLimit
  /** Monotonic milliseconds. */
  now: () => number
  onRest: (address: string, reason: RestReason, milliseconds: number | null) => void
}

export class DeviceWatch {
  readonly #options: DeviceWatchOptions
  readonly #watched = new Map<string, Watched>()
  /** Those that are left alone for good. */
  readonly #givenUp = new Map<string, RestReason>()

  constructor(options: DeviceWatchOptions) {
    this.#options = options
  }

  /** How long nothing may be sent to the device; 0 where it may, Infinity where it is left alone for good. */
  restLeft(address: string): number {
    if (this.#givenUp.has(address)) return Infinity
    return Math.max(0, (this.#watched.get(address)?.restsUntil ?? 0) - this.#options.now())
  }

  whyGivenUp(address: string): RestReason | null {
    return this.#givenUp.get(address) ?? null
  }

  /** A question leaves. */
  sent(address: string, port: number, data: Uint8Array): void {
    const watched = this.#of(address)
    watched.openSince ??= this.#options.now()
    watched.openQuestions++
    watched.last = { port, data }
  }

  /**
   * Something came from the device; only questions of `sent` give a round-trip time.
   * @param port from which it came; null for a refusal
   */
  heard(address: string, port: number | null): void {
    const watched = this.#watched.get(address)
    if (!watched) return
    const { openSince, last } = watched
    watched.openSince = null
    watched.openQuestions = 0
    if (openSince === null) return
    if (port !== last?.port) return
    watched.answered = last
    this.roundTrip(address, `udp ${port}`, this.#options.now() - openSince)
  }

  /** A service of the device took so long to answer. */
  roundTrip(address: string, service: string, milliseconds: number): void {
    const { times } = this.#of(address)
    const of = times.get(service) ?? { baseline: [], recent: [] }
    times.set(service, of)
    if (of.baseline.length < BASELINE_SAMPLES) return void of.baseline.push(milliseconds)
    of.recent = [...of.recent, milliseconds].slice(-RECENT_SAMPLES)
    if (of.recent.length < RECENT_SAMPLES) return
    const { factor } = this.#options.limit
    const [usual, now] = [median(of.baseline), median(of.recent)]
    if (factor > 0 && now > usual * factor && now - usual > LEAST_INCREASE_MS) this.rest(address, 'latency')
  }

  /** The question to repeat where a device that has answered before may have vanished; else null. */
  suspicion(address: string): Question | null {
    const watched = this.#watched.get(address)
    if (!watched?.answered || watched.openSince === null) return null
    const isLong = this.#options.now() - watched.openSince >= SUSPECT_MS
    return watched.openQuestions >= SUSPECT_QUESTIONS && isLong ? watched.answered : null
  }

  /** Leaves the device alone, twice as long as the last time; at some point for good. */
  rest(address: string, reason: RestReason): void {
    const { limit, now, onRest } = this.#options
    const watched = this.#of(address)
    watched.openSince = null
    watched.openQuestions = 0
    for (const of of watched.times.values()) of.recent = []
    watched.rests++
    if (watched.rests > limit.rests) {
      this.#givenUp.set(address, reason)
      return onRest(address, reason, null)
    }
    const milliseconds = limit.restSeconds * 1000 * 2 ** (watched.rests - 1)
    watched.restsUntil = now() + milliseconds
    onRest(address, reason, milliseconds)
  }

  /** The device has been asked everything: what is known of it is no longer needed. */
  forget(address: string): void {
    this.#watched.delete(address)
  }

  #of(address: string): Watched {
    let watched = this.#watched.get(address)
    if (!watched) {
      watched = {
        openSince: null,
        openQuestions: 0,
        last: null,
        answered: null,
        times: new Map(),
        rests: 0,
        restsUntil: 0,
      }
      this.#watched.set(address, watched)
    }
    return watched
  }
}

const median = (samples: readonly number[]): number =>
  samples.toSorted((a, b) => a - b)[samples.length >> 1] ?? 0
