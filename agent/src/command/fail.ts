/** How a command that fails says so: what happened, what to do, and the code; never a stack unless asked. */
import { inspect } from 'node:util'
import { ERROR_CODES, OphavError, printable } from '@ophav/shared'
import { exitCodeOf, type ExitCode } from './exit.ts'

/** The longest message: details can hold what another program said. */
const MESSAGE_LENGTH = 1_000

/** @returns the exit code that goes with the error. */
export function reportFailure(error: unknown, write: (text: string) => void): ExitCode {
  const message =
    error instanceof OphavError
      ? error.message
      : `${ERROR_CODES['internal.defect'].en} (${String(error)}) [internal.defect]`
  write(`ophav-agent: ${printable(message, MESSAGE_LENGTH)}\n`)
  if (process.env.OPHAV_DEBUG) write(`${inspect(error)}\n`)
  return exitCodeOf(error)
}
