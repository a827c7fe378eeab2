/** How long to wait after a failure: what helps by itself is tried soon, what needs a person seldom. */
import { errorCode, type ErrorCode } from '@ophav/shared'
import { Refusal } from './post.ts'

/** The first wait is within a second, doubling to five minutes: a collector that comes back is not stormed. */
const BASE_MS = 1_000
const CAP_MS = 5 * 60_000

/** Somebody has just been asked to approve the agent, and looks whether it worked. */
const APPROVAL_MS = 15_000

/** What only an operator can change. */
const OPERATOR_MS = 10 * 60_000

/** The most that a collector's `Retry-After` may ask for. */
const MAX_RETRY_AFTER_MS = 3_600_000

/** - `passing`: the network, a restart, a full disk there. - `approval`: an operator is expected. - `operator`: somebody must act. */
export type FailureKind = 'passing' | 'approval' | 'operator'

const KINDS: Partial<Record<ErrorCode, FailureKind>> = {
  'agent.not-approved': 'approval',
  'agent.revoked': 'operator',
  'agent.unknown': 'operator',
  'batch.invalid': 'operator',
  'batch.sequence-reused': 'operator',
  'batch.wrong-segment': 'operator',
  'envelope.bad-signature': 'operator',
  'envelope.not-json': 'operator',
  'envelope.wrong-type': 'operator',
  'policy.invalid': 'operator',
  'policy.request-stale': 'operator',
  'policy.rolled-back': 'operator',
  'policy.wrong-agent': 'operator',
  'request.invalid': 'operator',
  'request.not-found': 'operator',
  'request.too-large': 'operator',
  'request.undecodable': 'operator',
  'request.unsupported-encoding': 'operator',
}

export function failureKind(error: unknown): FailureKind {
  const code = errorCode(error)
  return (code === null ? undefined : KINDS[code]) ?? 'passing'
}

/**
 * Milliseconds to wait after `failures` failures in a row, the last of them `error`. Full jitter: agents that lost
 * the same collector do not come back together.
 */
export function retryDelay(error: unknown, failures: number, random: () => number): number {
  const asked = error instanceof Refusal ? error.retryAfterMs : null
  if (asked !== null) return Math.min(asked, MAX_RETRY_AFTER_MS) + random() * BASE_MS
  const kind = failureKind(error)
  if (kind === 'passing') return random() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(failures - 1, 20))
  return (kind === 'approval' ? APPROVAL_MS : OPERATOR_MS) * (0.5 + random())
}
