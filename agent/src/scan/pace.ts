/** How fast packets may leave: two budgets for the segment and one for each device. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from '@ophav/shared'
import type { Budget } from '../net/network.ts'

/** How much of a second a budget may be used in one go: short bursts, so that a switch's queue holds them. */
const BURST_SECONDS = 0.05

/** Forgetting devices that have been left alone keeps the table small on a /16. */
const MAX_DEVICES = 4096

class Bucket {
  readonly #rate: number
  readonly capacity: number
  #tokens: number
  #filledAt: number

  constructor(rate: number, now: number, burst = Math.max(1, rate * BURST_SECONDS)) {
    this.#rate = rate
    this.capacity = burst
    this.#tokens = burst
    this.#filledAt = now
  }

  /** Takes tokens, into debt if need be. @returns milliseconds until the debt is paid. */
  take(count: number, now: number): number {
    this.#tokens = Math.min(this.capacity, this.#tokens + ((now - this.#filledAt) / 1000) * this.#rate)
    this.#filledAt = now
    this.#tokens -= count
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate) * 1000
  }
}

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
  const bucketOf = (rate: number) => (rate > 0 ? new Bucket(rate, clock.now()) : null)
  const budgets = {
    sweep: bucketOf(pace.sweepPacketsPerSecond),
    device: bucketOf(pace.devicePacketsPerSecond),
  }
  const devices = new Map<string, Bucket>()
  const deviceBucket = (address: string): Bucket | null => {
    if (pace.packetsPerSecondPerDevice <= 0) return null
    let bucket = devices.get(address)
    if (!bucket) {
      if (devices.size >= MAX_DEVICES) devices.delete(devices.keys().next().value ?? '')
      bucket = new Bucket(pace.packetsPerSecondPerDevice, clock.now(), DEVICE_BURST)
      devices.set(address, bucket)
    }
    return bucket
  }
  return {
    burst: (budget) => Math.max(1, Math.floor(budgets[budget]?.capacity ?? Infinity)),
    take(budget, count, address) {
      const now = clock.now()
      const wait = Math.max(
        budgets[budget]?.take(count, now) ?? 0,
        address === null || budget === 'sweep' ? 0 : (deviceBucket(address)?.take(count, now) ?? 0),
      )
      return wait > 0 ? clock.wait(wait, signal) : null
    },
  }
}

/** A question and its repetition, or a request with its acknowledgement, may follow each other at once. */
const DEVICE_BURST = 2
