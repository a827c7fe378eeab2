#!/usr/bin/env node
/** `ophav-agent`. Each command loads what it needs and nothing else: `identify` starts without SQLite and sockets. */
import { readFileSync } from 'node:fs'
import { EXIT } from './exit.ts'

const fail = async (error: unknown): Promise<number> =>
  (await import('./fail.ts')).reportFailure(error, (text) => process.stderr.write(text))

// A reader that closed its end (`| head`) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed)
})

try {
  // The one command that is started for pipelines does not wait for the others' options either.
  const isPlainIdentify = process.argv.length === 3 && process.argv[2] === 'identify'
  process.exitCode = isPlainIdentify
    ? await (await import('./identify.ts')).runIdentify({})
    : await (await import('./program.ts')).runProgram(readVersion(), process.argv)
} catch (error) {
  process.exitCode = await fail(error)
}
// Nothing that a scan left open may keep a finished program alive.
process.stdout.write('', () => process.exit())

function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
