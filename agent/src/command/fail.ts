/** How a command that fails says so: what happened, what to do, and the code; never a stack unless asked. */
import { inspect } from 'node:util'
import { ERROR_CODES, errorCode, OphavError, printable, type ErrorCode } from '@ophav/shared/value'
import { EXIT, type ExitCode } from './exit.ts'

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

const BY_CODE: Partial<Record<ErrorCode, ExitCode>> = {
  'address.invalid-range': EXIT.usage,
  'agent.not-approved': EXIT.refused,
  'agent.not-enrolled': EXIT.refused,
  'agent.revoked': EXIT.refused,
  'agent.unknown': EXIT.refused,
  'command.invalid-option': EXIT.usage,
  'command.scope-too-large': EXIT.usage,
  'command.secret-in-argument': EXIT.usage,
  'enrolment.token-invalid': EXIT.refused,
  'enrolment.token-missing': EXIT.usage,
  'enrolment.wrong-collector': EXIT.refused,
  'envelope.bad-signature': EXIT.refused,
  'rule.changes-shipped': EXIT.usage,
  'rule.file-unreadable': EXIT.usage,
  'rule.invalid': EXIT.usage,
  'isolation.self-forwards': EXIT.unfit,
  'scan.halted': EXIT.unfit,
  'segment.unknown': EXIT.usage,
  'state.in-use': EXIT.inUse,
  'uplink.not-a-collector': EXIT.unreachable,
  'uplink.unreachable': EXIT.unreachable,
}

export function exitCodeOf(error: unknown): ExitCode {
  const code = errorCode(error)
  return (code === null ? undefined : BY_CODE[code]) ?? EXIT.failed
}
