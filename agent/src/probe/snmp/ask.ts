/** One device asked over SNMP: credentials in turn, within its share of packets and time. */
import type { Evidence, Outcome, SnmpCredential } from '@ophav/shared'
import { ConversationPool } from '../conversation.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { collectSystem, FURTHER } from './collect.ts'
import { MAX_PACKETS, SNMP_PORT } from './bound.ts'
import { isUsable } from './credential.ts'
import { outcomeOf } from './outcome.ts'
import { SnmpSession } from './session.ts'

/** Each is two datagrams to a device that is silent, and a failed login in the log of one that is not. */
const MAX_CREDENTIALS = 4

/** However slowly it answers. */
const MAX_DURATION_MS = 30_000

const pool = new ConversationPool()

interface Answer {
  outcome: Outcome
  evidence: Evidence[]
}

export async function ask(address: string, context: ProbeContext): Promise<ProbeResult> {
  const usable = context.credentials.filter(isUsable)
  context.rung(usable.length > 0 ? 'datagrams' : null, obstacleOf(context.credentials, usable))
  const packets = { left: MAX_PACKETS }
  const outcomes: Outcome[] = []
  for (const credential of usable.slice(0, MAX_CREDENTIALS)) {
    if (context.signal.aborted) break
    const { outcome, evidence } = await askWith(credential, address, context, packets)
    if (outcome === 'answered') return { address, mac: null, outcome, evidence, observedAt: context.now() }
    outcomes.push(outcome)
  }
  return { address, mac: null, outcome: gravest(outcomes), evidence: [], observedAt: context.now() }
}

async function askWith(
  credential: SnmpCredential,
  address: string,
  context: ProbeContext,
  packets: { left: number },
): Promise<Answer> {
  const conversation = await pool.open(context.network, address, SNMP_PORT)
  const session = new SnmpSession(conversation, credential, packets)
  const stop = () => session.close()
  const timer = setTimeout(stop, MAX_DURATION_MS)
  context.signal.addEventListener('abort', stop, { once: true })
  const answer: Answer = { outcome: 'timed-out', evidence: [] }
  try {
    answer.evidence.push(...(await collectSystem(session)))
    answer.outcome = 'answered'
    for (const collect of FURTHER) answer.evidence.push(...(await collect(session)))
  } catch (error) {
    const outcome = failure(error, session, context.signal)
    // What has been answered stays answered, whatever the device does after it.
    if (answer.outcome !== 'answered') answer.outcome = outcome
  } finally {
    clearTimeout(timer)
    context.signal.removeEventListener('abort', stop)
    session.close()
  }
  return answer
}

/** @throws the error where it is none of the device's */
function failure(error: unknown, session: SnmpSession, signal: AbortSignal): Outcome {
  if (signal.aborted) return 'not-attempted'
  const outcome = session.isClosed ? 'timed-out' : outcomeOf(error)
  if (outcome === null) throw error
  return outcome === 'timed-out' && session.heardGarbage ? 'malformed' : outcome
}

/** What says most about the device, where no credential opened it. */
const GRAVITY: readonly Outcome[] = ['refused', 'malformed', 'unreachable', 'timed-out']

const gravest = (outcomes: readonly Outcome[]): Outcome =>
  GRAVITY.find((outcome) => outcomes.includes(outcome)) ?? 'not-attempted'

function obstacleOf(all: readonly SnmpCredential[], usable: readonly SnmpCredential[]): string | undefined {
  if (all.length === 0) return 'no SNMP credential for this segment'
  const withoutDes = all.length - usable.length
  const beyond = usable.length - MAX_CREDENTIALS
  const reasons = [
    withoutDes > 0 ? `credentials with DES, which this machine does not offer (${withoutDes})` : '',
    beyond > 0 ? `credentials beyond the first ${MAX_CREDENTIALS} (${beyond})` : '',
  ].filter(Boolean)
  return reasons.length > 0 ? `not tried: ${reasons.join(', ')}` : undefined
}
