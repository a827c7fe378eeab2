/** Writing to standard output: at the reader's pace, and without complaint when the reader has had enough. */

export class Output {
  readonly #stream: NodeJS.WritableStream
  #isClosed = false

  constructor(stream: NodeJS.WritableStream = process.stdout) {
    this.#stream = stream
    stream.on('error', () => void (this.#isClosed = true))
  }

  /** Whether nobody can read any more: there is no point in going on. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Writes, and waits while the reader is slower than we are. */
  async write(text: string): Promise<void> {
    if (this.#isClosed || text === '' || this.#stream.write(text)) return
    await new Promise<void>((resolve) => {
      const end = () => {
        this.#stream.removeListener('drain', end)
        this.#stream.removeListener('close', end)
        this.#stream.removeListener('error', end)
        resolve()
      }
      this.#stream.on('drain', end)
      this.#stream.on('close', end)
      this.#stream.on('error', end)
    })
  }

  /** Waits until what was written has left the process. */
  async flush(): Promise<void> {
    if (!this.#isClosed) await new Promise<void>((resolve) => this.#stream.write('', () => resolve()))
  }
}
