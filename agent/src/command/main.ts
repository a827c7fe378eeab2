#!/usr/bin/env node
/** `ophav-agent`. Each command loads what it needs and nothing else: `identify` starts without SQLite and sockets. */
import { readFileSync } from 'node:fs'
import { EXIT } from './exit.ts'
import { reportFailure } from './fail.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// A reader that closed its end (`| head`) has what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') reportFailure(error, (text) => process.stderr.write(text))
  process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed)
})

try {
  // The one command that is started for a pipeline of thousands: it does not wait for the others' options either.
  const isPlainIdentify = process.argv.length === 3 && process.argv[2] === 'identify'
  const run = isPlainIdentify
    ? (await import('./identify.ts')).runIdentify
    : (await import('./program.ts')).runProgram
  process.exitCode = await run(version, process.argv)
} catch (error) {
  process.exitCode = reportFailure(error, (text) => process.stderr.write(text))
}
// Nothing that a scan left open may keep a finished program alive.
process.stdout.write('', () => process.exit())
