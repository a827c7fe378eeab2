/** One at a time for each device: who comes second waits for the first. */

export class DeviceTurn {
  readonly #last = new Map<string, Promise<void>>()

  /** @returns what ends the turn; it may be called more than once */
  async take(address: string): Promise<() => void> {
    const before = this.#last.get(address)
    let release = () => {}
    const mine = new Promise<void>((resolve) => (release = resolve))
    const chain = (before ?? Promise.resolve()).then(() => mine)
    this.#last.set(address, chain)
    await before
    return () => {
      release()
      if (this.#last.get(address) === chain) this.#last.delete(address)
    }
  }
}
