/** Says on standard error how a scan goes: one line that is rewritten on a terminal, a line now and then elsewhere. */
import type { ScanEvent } from '../scan/event.ts'

/** A person sees ten changes a second; a log wants none faster than this. */
const TERMINAL_INTERVAL_MS = 100
const PLAIN_INTERVAL_MS = 5_000

const ERASE_LINE = '\r\u001b[2K'

export class Progress {
  readonly #write: (text: string) => void
  readonly #isTerminal: boolean
  readonly #now: () => number
  #title = ''
  #phaseAt = 0
  #shownAt = -Infinity
  #isDirty = false
  #isTold = false

  constructor(
    stream: { write: (text: string) => unknown; isTTY?: boolean } = process.stderr,
    now: () => number = () => performance.now(),
  ) {
    this.#write = (text) => void stream.write(text)
    this.#isTerminal = stream.isTTY === true
    this.#now = now
  }

  show(event: ScanEvent): void {
    if (event.type === 'phase') {
      this.clear()
      this.#title = event.title
      this.#phaseAt = this.#now()
      // Elsewhere than on a terminal a phase that is over in a moment needs no more than its name.
      this.#shownAt = this.#isTerminal ? -Infinity : this.#now()
      this.#isTold = false
      const attempts = event.attempts === null ? '' : `, ${event.attempts} to ask`
      if (!this.#isTerminal) this.#write(`${event.title}${attempts}\n`)
    } else if (event.type === 'progress') this.#tell(event)
    else if (event.type === 'end') this.clear()
  }

  /** Takes the line away, so that what comes next stands alone. */
  clear(): void {
    if (this.#isDirty) this.#write(ERASE_LINE)
    this.#isDirty = false
  }

  #tell({ done, total, found }: Extract<ScanEvent, { type: 'progress' }>): void {
    const now = this.#now()
    const isLast = done >= total
    const interval = this.#isTerminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS
    const isWanted = now - this.#shownAt >= interval || (isLast && (this.#isTerminal || this.#isTold))
    if (!isWanted) return
    this.#isTold = true
    this.#shownAt = now
    const seconds = (now - this.#phaseAt) / 1000
    const rate = seconds > 0 ? done / seconds : 0
    const left = rate > 0 && !isLast ? `, ${duration((total - done) / rate)} left` : ''
    const line = `${this.#title}: ${done} of ${total}, ${Math.round(rate)}/s, ${found} found${left}`
    this.#write(this.#isTerminal ? ERASE_LINE + line : `${line}\n`)
    this.#isDirty = this.#isTerminal
  }
}

/** `42 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.ceil(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
