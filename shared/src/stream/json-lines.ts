/** JSON lines: each line that comes in is answered with one line, at the reader's pace. */
import { StringDecoder } from 'node:string_decoder'
import type { Output } from './output.ts'

/** A longer line is no evidence of one device: 512 pieces of 16 Ki characters stay below it. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024

/** Text collected before it is written: fewer system calls, and still a steady stream. */
const WRITE_LENGTH = 64 * 1024

/**
 * Answers each line with one line. Blank lines are passed over.
 * @param input octets in pieces of any size
 */
export async function answerLines(
  input: AsyncIterable<Buffer | string>,
  output: Output,
  toAnswer: (line: string) => string,
): Promise<void> {
  const decoder = new StringDecoder('utf8')
  const lines = new LineCutter(MAX_LINE_LENGTH)
  let answers = ''
  for await (const piece of input) {
    const text = typeof piece === 'string' ? piece : decoder.write(piece)
    for (const line of lines.cut(text)) {
      answers += `${answer(line, toAnswer)}\n`
      if (answers.length < WRITE_LENGTH) continue
      await output.write(answers)
      answers = ''
      if (output.isClosed) return
    }
    await output.write(answers)
    answers = ''
    if (output.isClosed) return
  }
  for (const line of [...lines.cut(decoder.end()), ...lines.rest()]) answers += `${answer(line, toAnswer)}\n`
  await output.write(answers)
}

const TOO_LONG = JSON.stringify({
  id: null,
  error: { code: 'request.too-large', message: 'The line is longer than any evidence of one device.' },
})

const answer = (line: string | null, toAnswer: (line: string) => string): string =>
  line === null ? TOO_LONG : toAnswer(line)

/** Cuts text into lines; a line that never ends is given up as null, and passed over to its end. */
class LineCutter {
  readonly #limit: number
  #tail = ''
  #isSkipping = false

  constructor(limit: number) {
    this.#limit = limit
  }

  *cut(text: string): Generator<string | null> {
    let from = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      const line = this.#tail + text.slice(from, end)
      from = end + 1
      this.#tail = ''
      if (this.#isSkipping) this.#isSkipping = false
      else if (line.trim() !== '') yield line
    }
    if (this.#isSkipping) return
    this.#tail += text.slice(from)
    if (this.#tail.length <= this.#limit) return
    this.#tail = ''
    this.#isSkipping = true
    yield null
  }

  /** What came after the last line end. */
  *rest(): Generator<string> {
    if (this.#tail.trim() !== '') yield this.#tail
    this.#tail = ''
  }
}
