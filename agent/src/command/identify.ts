/** `identify`: evidence on standard input, identities on standard output, a line each. */
import { identifyJsonLine, type Knowledge } from '@ophav/oui'
import { answerLines, Output } from '@ophav/shared/stream'
import { staleKnowledge } from './knowledge-age.ts'

export async function runIdentify(options: { knowledge?: Knowledge; asOf?: Date }): Promise<number> {
  const output = new Output()
  const old = staleKnowledge(new Date())
  if (old !== null) process.stderr.write(`${old}\n`)
  await answerLines(process.stdin, output, (line) => identifyJsonLine(line, options))
  await output.flush()
  return 0
}
