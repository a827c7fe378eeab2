/** Where an enrolment token comes from: a file, the environment, or the person who pastes it. */
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { OphavError } from '@ophav/shared/value'

/** A token is shorter; what is longer is another file. */
const MAX_TOKEN_LENGTH = 200
const MIN_TOKEN_LENGTH = 16

/**
 * @param file from `--token-file`; `-` is standard input
 * @throws OphavError `enrolment.token-missing`, `command.invalid-option`
 */
export async function readToken(file: string | undefined): Promise<string> {
  const given =
    file !== undefined && file !== '-'
      ? readFile(file)
      : file === undefined && process.env.OPHAV_TOKEN
        ? process.env.OPHAV_TOKEN
        : await readLine()
  const token = given.trim()
  if (token === '') throw new OphavError('enrolment.token-missing')
  // The token itself is a secret: the detail names only what is wrong with it.
  if (token.length < MIN_TOKEN_LENGTH || token.length > MAX_TOKEN_LENGTH || /\s/.test(token))
    throw new OphavError('enrolment.token-missing', { problem: 'this is no token', length: token.length })
  return token
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new OphavError('command.invalid-option', { option: 'token-file', given: path }, { cause })
  }
}

/** Reads one line; a terminal does not echo what is typed. */
async function readLine(): Promise<string> {
  const isTerminal = process.stdin.isTTY === true
  if (isTerminal) process.stderr.write('Paste the token: ')
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal })
  try {
    return await new Promise<string>((resolve) => {
      lines.once('line', resolve)
      lines.once('close', () => resolve(''))
    })
  } finally {
    lines.close()
    if (isTerminal) process.stderr.write('\n')
  }
}
