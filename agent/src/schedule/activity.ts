/** What the agent is doing, in the collector's words: from the events of the scan that runs. */
import type { Activity, NotAttemptedReason } from '@ophav/shared'
import type { ScanEvent } from '../scan/event.ts'

export class ActivityLog {
  readonly #now: () => number
  #activity: Omit<Activity, 'at'> | null = null
  #phaseAt = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** Undefined while there is nothing to do. */
  get current(): Activity | undefined {
    return this.#activity ? { at: new Date(this.#now()).toISOString(), ...this.#activity } : undefined
  }

  wait(segment: string, reason: NotAttemptedReason): void {
    this.#activity = { segment, state: 'waiting', reason }
  }

  rest(): void {
    this.#activity = null
  }

  scan(segment: string, event?: ScanEvent): void {
    const before = this.#activity
    if (!event || before?.state !== 'scanning') this.#activity = { segment, state: 'scanning' }
    if (event?.type === 'phase') {
      this.#phaseAt = performance.now()
      this.#activity = { segment, state: 'scanning', phase: event.title.slice(0, 200) }
    } else if (event?.type === 'progress') {
      const { done, total, found } = event
      const seconds = (performance.now() - this.#phaseAt) / 1000
      const secondsLeft = done > 0 ? { secondsLeft: Math.round((seconds / done) * (total - done)) } : {}
      this.#activity = {
        ...(this.#activity ?? { segment, state: 'scanning' }),
        done,
        total,
        found,
        ...secondsLeft,
      }
    }
  }
}
