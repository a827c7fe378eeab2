/** How much the network loses, measured while it is swept: some of those that have answered are asked again. */
import type { Pace } from '@ophav/shared'

/** Of so many the loss is told to a thousandth; asking more takes time and says nothing new. */
const SIZE = 3_000
/** Of fewer, none lost may be chance: silence is then asked twice. */
const MEANINGFUL = 2_000
/** A loss of one in so many lets one pass find 99.9 % of those that live. */
const TOLERATED = 1_000

/** How many times the slowest answer so far the next may take; a busy machine reads late. */
const PATIENCE = 4

/** Targets are numbers: addresses, or positions in a list. */
export class LossSample {
  readonly #quietMs: { min: number; max: number }
  /** Answered the first question; not asked again yet. */
  readonly #candidates: number[] = []
  /** Target to when it was asked again. */
  readonly #pending = new Map<number, number>()
  #asked = 0
  #slowest = 0

  /** @param quietMs how long, at least and at most, an answer is waited for */
  constructor(quietMs: { min: number; max: number }) {
    this.#quietMs = quietMs
  }

  /**
   * A sample for a sweep of so many targets.
   * @returns null at a polite pace, where the silent are always asked twice, and where there are too few targets
   */
  static of(
    targets: number,
    pace: Pick<Pace, 'sweepPacketsPerSecond'>,
    quietMs: { min: number; max: number },
  ): LossSample | null {
    return pace.sweepPacketsPerSecond > 0 || targets < MEANINGFUL ? null : new LossSample(quietMs)
  }

  /** Says that a target has answered for the first time. */
  offer(target: number): void {
    if (this.#candidates.length + this.#asked < SIZE) this.#candidates.push(target)
  }

  /** Those that are to be asked again now. */
  draw(most: number, now: number): number[] {
    const drawn = this.#candidates.splice(0, most)
    for (const target of drawn) this.#pending.set(target, now)
    this.#asked += drawn.length
    return drawn
  }

  /** Says that a target has answered once more. */
  hear(target: number, now: number): void {
    const askedAt = this.#pending.get(target)
    if (askedAt === undefined) return
    this.#pending.delete(target)
    this.#slowest = Math.max(this.#slowest, now - askedAt)
  }

  get isMeaningful(): boolean {
    return this.#asked >= MEANINGFUL
  }

  /** Milliseconds of silence after which nothing more is to come; longer while too many answers are out. */
  get quiet(): number {
    if (this.#isTooMany(this.#pending.size)) return this.#quietMs.max
    return Math.min(Math.max(PATIENCE * this.#slowest, this.#quietMs.min), this.#quietMs.max)
  }

  /** Whether more is lost than one pass may miss. Answers that may still come count as come. */
  isLossy(now: number): boolean {
    let lost = 0
    for (const askedAt of this.#pending.values()) if (now - askedAt >= this.#quietMs.max) lost++
    return this.#isTooMany(lost)
  }

  #isTooMany(missing: number): boolean {
    return missing * TOLERATED > this.#asked
  }
}
