/** How fast packets may leave: two budgets for the segment and one for each device. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from '@ophav/shared'
import type { Budget } from '../net/network.ts'

/** How much of a second a budget may be used in one go: short bursts, so that a switch's queue holds them. */
const BURST_SECONDS = 0.05

/** Forgetting devices that have been left alone keeps the table small on a /16. */
const MAX_DEVICES = 4096

/**
 * A bucket of tokens and a queue before it: first come, first served. Time that passes unused is lost, so that a process
 * that was held up does not make up for it in one go.
 */
class Turnstile {
  readonly capacity: number
  readonly #rate: number
  readonly #clock: Clock
  readonly #signal: AbortSignal
  #tokens: number
  #filledAt: number
  #last: Promise<void> | null = null

  constructor(rate: number, capacity: number, clock: Clock, signal: AbortSignal) {
    this.#rate = rate
    this.capacity = capacity
    this.#clock = clock
    this.#signal = signal
    this.#tokens = capacity
    this.#filledAt = clock.now()
  }

  get isIdle(): boolean {
    return this.#last === null
  }

  /** @returns null where the tokens are there at once */
  take(count: number): Promise<void> | null {
    if (this.#last === null && this.#tryTake(count)) return null
    const before = this.#last?.catch(() => {}) ?? Promise.resolve()
    const mine = before.then(() => this.#wait(count))
    this.#last = mine
    const leave = () => void (this.#last === mine && (this.#last = null))
    mine.then(leave, leave)
    return mine
  }

  async #wait(count: number): Promise<void> {
    while (!this.#tryTake(count)) {
      const lacking = Math.min(count, this.capacity) - this.#tokens
      await this.#clock.wait((lacking / this.#rate) * 1000, this.#signal)
    }
  }

  /** More than the bucket holds is taken from a full one, and leaves a debt. */
  #tryTake(count: number): boolean {
    const now = this.#clock.now()
    this.#tokens = Math.min(this.capacity, this.#tokens + ((now - this.#filledAt) / 1000) * this.#rate)
    this.#filledAt = now
    // What rounding leaves short of a whole packet would be waited for in vain.
    if (this.#tokens < Math.min(count, this.capacity) - ROUNDING) return false
    this.#tokens -= count
    return true
  }
}

const ROUNDING = 1e-6

export interface Pacer {
  /** The most packets of a budget that may leave in one go; infinite at full speed. */
  burst(budget: Budget): number
  /**
   * Waits until `count` packets may be sent; null where they may be sent now, so that full speed pays nothing.
   * @param address the device, where it is one
   */
  take(budget: Budget, count: number, address: string | null): Promise<void> | null
}

/** Time as the pacer sees it: no clock change moves it. */
export interface Clock {
  /** Milliseconds. */
  now: () => number
  /** @throws when the signal fires */
  wait: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

const MONOTONIC: Clock = {
  now: () => performance.now(),
  wait: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
}

export function createPacer(pace: Pace, signal: AbortSignal, clock: Clock = MONOTONIC): Pacer {
  const turnstile = (rate: number, capacity = Math.max(1, rate * BURST_SECONDS)) =>
    rate > 0 ? new Turnstile(rate, capacity, clock, signal) : null
  const budgets = {
    sweep: turnstile(pace.sweepPacketsPerSecond),
    device: turnstile(pace.devicePacketsPerSecond),
  }
  const devices = new Map<string, Turnstile>()
  const deviceTurnstile = (address: string): Turnstile | null => {
    const known = devices.get(address)
    if (known) return known
    const made = turnstile(pace.packetsPerSecondPerDevice, DEVICE_BURST)
    if (!made) return null
    if (devices.size >= MAX_DEVICES)
      for (const [other, { isIdle }] of devices) {
        if (!isIdle) continue
        devices.delete(other)
        break
      }
    devices.set(address, made)
    return made
  }
  return {
    burst: (budget) => Math.max(1, Math.floor(budgets[budget]?.capacity ?? Infinity)),
    take(budget, count, address) {
      // A device's own queue comes first: who waits there holds up nobody else.
      const own = address === null || budget === 'sweep' ? null : deviceTurnstile(address)
      const wait = own?.take(count)
      if (!wait) return budgets[budget]?.take(count) ?? null
      return wait.then(async () => {
        await budgets[budget]?.take(count)
      })
    },
  }
}

/** A question and its repetition, or a request with its acknowledgement, may follow each other at once. */
const DEVICE_BURST = 2
