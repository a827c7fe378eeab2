/** Events of a scan from the tasks that make them to the one reader. */

/** Unbounded: a scan's results are fewer than its scope, and the reader writes bursts to the disk. */
export class EventQueue<T> {
  readonly #waiting: T[] = []
  #wake: (() => void) | null = null

  push(event: T): void {
    this.#waiting.push(event)
    this.#wake?.()
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
      if (isOver) break
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        if (isOver || this.#waiting.length > 0) resolve()
      })
      this.#wake = null
    }
    await over
  }
}
