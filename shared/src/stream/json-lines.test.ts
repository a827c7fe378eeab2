/** Tests of the line loop: any cutting of the input, slow and vanished readers, lines without end. */
import { PassThrough, Readable, Writable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerLines } from './json-lines.ts'
import { Output } from './output.ts'

async function answered(
  pieces: (Buffer | string)[],
  toAnswer = (line: string) => `<${line}>`,
): Promise<string> {
  const stream = new PassThrough()
  const output = new Output(stream)
  await answerLines(Readable.from(pieces, { objectMode: true }), output, toAnswer)
  stream.end()
  return (await stream.toArray()).join('')
}

test('each line gets one line, the last also without its end, blank ones none', async () => {
  expect(await answered(['a\n\n', ' \nb\r\nc'])).toBe('<a>\n<b\r>\n<c>\n')
})

test('lines are the same however the octets are cut', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc
          .string({ unit: 'binary', minLength: 1 })
          .filter((text) => !text.includes('\n') && text.trim() !== ''),
      ),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (lines, sizes) => {
        const octets = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const pieces: Buffer[] = []
        for (let at = 0; at < octets.length;) {
          const size = sizes.next().value ?? 1
          pieces.push(octets.subarray(at, at + size))
          at += size
        }
        const expected = lines.map((line) => `<${Buffer.from(line).toString()}>\n`).join('')
        expect(await answered(pieces)).toBe(expected)
      },
    ),
  ))

test('a line without end is given up, said to be too long, and passed over', async () => {
  const endless = Array.from({ length: 20 }, () => 'x'.repeat(1024 * 1024))
  const lines = (await answered(['a\n', ...endless, 'tail\nb\n'])).split('\n')
  expect(lines).toEqual(['<a>', expect.stringContaining('request.too-large'), '<b>', ''])
})

test('a slow reader sets the pace', async () => {
  let waiting = 0
  let most = 0
  const slow = new Writable({
    highWaterMark: 1024,
    write(chunk: Buffer, _encoding, done) {
      most = Math.max(most, (waiting += chunk.length))
      setImmediate(() => {
        waiting -= chunk.length
        done()
      })
    },
  })
  const pieces = Array.from({ length: 400 }, () => `${'y'.repeat(4000)}\n`)
  await answerLines(Readable.from(pieces), new Output(slow), (line) => line)
  expect(slow.writableLength).toBeLessThan(200_000)
  expect(most).toBeLessThan(200_000)
})

test('a reader that has had enough ends the work', async () => {
  let asked = 0
  const closing = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
  const pieces = Array.from({ length: 1000 }, (_, index) => `${index}\n`)
  await answerLines(Readable.from(pieces), new Output(closing), (line) => (asked++, line))
  expect(asked).toBeLessThan(1000)
})
