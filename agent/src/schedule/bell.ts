/** Waiting that can be cut short: by news, by a stop, or by the time being up. */

/** `setTimeout` fires at once above 2^31 - 1 ms; nobody here waits longer without looking up. */
const MAX_WAIT_MS = 3_600_000

/** Rung while nobody waits, it ends the next wait at once: no news is missed between two looks. */
export class Bell {
  #isRung = false
  #wake: (() => void) | null = null

  ring(): void {
    this.#isRung = true
    this.#wake?.()
  }

  /** Waits for the bell, at most `milliseconds` (or an hour), and no longer than until the signal. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung && !signal.aborted)
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', end)
          resolve()
        }
        const timer = setTimeout(end, Math.max(0, Math.min(milliseconds, MAX_WAIT_MS)))
        signal.addEventListener('abort', end)
        this.#wake = end
      })
    this.#wake = null
    this.#isRung = false
  }
}
