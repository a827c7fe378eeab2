/** `identify`: evidence on standard input, identities on standard output, a line each. */
import { identifyJsonLine } from '@ophav/oui'
import { answerLines } from './json-lines.ts'
import { Output } from './output.ts'

export async function runIdentify(): Promise<number> {
  const output = new Output()
  await answerLines(process.stdin, output, identifyJsonLine)
  await output.flush()
  return 0
}
