/** What the demonstration does, told line by line while it happens. */

/** Writes `text ... result` with the seconds it took; on a terminal the line is rewritten while it grows. */
export class Steps {
  readonly #output: NodeJS.WritableStream & { isTTY?: boolean }
  readonly #startedAt = performance.now()

  constructor(output: NodeJS.WritableStream & { isTTY?: boolean } = process.stderr) {
    this.#output = output
  }

  get seconds(): number {
    return (performance.now() - this.#startedAt) / 1000
  }

  /** @param work gets a function that shows how far it is; its result is the end of the line */
  async step<T>(
    text: string,
    work: (show: (state: string) => void) => Promise<T>,
    say: (result: T) => string,
  ): Promise<T> {
    const isTerminal = this.#output.isTTY === true
    const line = (state: string) => `  ${text.padEnd(TEXT_WIDTH, ' ')} ${state}`
    const show = (state: string) => {
      if (isTerminal) this.#output.write(`\r\u001B[K${line(state)}`)
    }
    show('...')
    const result = await work(show)
    this.#output.write(`${isTerminal ? '\r\u001B[K' : ''}${line(say(result))}\n`)
    return result
  }

  say(text = ''): void {
    this.#output.write(`${text}\n`)
  }
}

const TEXT_WIDTH = 46
