/** Events of a scan from the tasks that make them to the one reader. */

export class EventQueue<T> {
  readonly #waiting: T[] = []
  #wake: (() => void) | null = null
  #drained: (() => void)[] = []

  push(event: T): void {
    this.#waiting.push(event)
    this.#wake?.()
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Resolves when the reader has dealt with everything that is in the queue now, or at a stop. */
  drained(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const end = () => {
        signal.removeEventListener('abort', end)
        resolve()
      }
      signal.addEventListener('abort', end)
      this.#drained.push(end)
      this.#wake?.()
    })
  }

  /** Yields what is pushed until the task ends. @throws what the task throws */
  async *during(task: Promise<void>): AsyncGenerator<T> {
    let isOver = false
    const over = task.finally(() => {
      isOver = true
      this.#wake?.()
    })
    // Whoever stops reading leaves the task behind; its failure is thrown below for those who stay.
    over.catch(() => {})
    for (;;) {
      yield* this.#waiting.splice(0)
      if (this.#waiting.length > 0) continue
      // The reader has come back for more: it has dealt with what it was given.
      for (const resolve of this.#drained.splice(0)) resolve()
      if (isOver) break
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        if (isOver || this.#waiting.length > 0 || this.#drained.length > 0) resolve()
      })
      this.#wake = null
    }
    await over
  }
}
