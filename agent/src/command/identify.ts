/** `identify`: evidence on standard input, identities on standard output, a line each. */
import { identifyJsonLine, type Knowledge } from '@ophav/oui'
import { answerLines } from './json-lines.ts'
import { Output } from './output.ts'

/** @param knowledge what the product ships, where absent */
export async function runIdentify(knowledge?: Knowledge): Promise<number> {
  const output = new Output()
  const options = knowledge === undefined ? {} : { knowledge }
  await answerLines(process.stdin, output, (line) => identifyJsonLine(line, options))
  await output.flush()
  return 0
}
