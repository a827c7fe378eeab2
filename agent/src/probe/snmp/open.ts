/** Opens a device with the first credential that it accepts, within its share of packets and time. */
import type { Outcome, SnmpCredential } from '@ophav/shared'
import type { Network } from '../../net/network.ts'
import { ConversationPool } from '../conversation.ts'
import type { ProbeContext } from '../probe.ts'
import { SNMP_PORT } from './bound.ts'
import { isUsable } from './credential.ts'
import { outcomeOf } from './outcome.ts'
import { SnmpSession } from './session.ts'

/** Each is two datagrams to a device that is silent, and a failed login in the log of one that is not. */
const MAX_CREDENTIALS = 4

const pool = new ConversationPool()

/** Which credential opened which device of a scan, null where none did. */
const credentials = new WeakMap<Network, Map<string, SnmpCredential | null>>()

export interface Share {
  /** The most datagrams that the device gets, with all credentials. */
  packets: number
  /** The longest that it is asked with one credential, in milliseconds. */
  duration: number
}

/** Opens the view of one VLAN, with the same credential and from the same share. */
export type InVlan = (vlan: number) => Promise<SnmpSession>

export interface Talk<T> {
  /** The first question: whoever answers it has accepted the credential. */
  first: (session: SnmpSession) => Promise<T>
  /** What is asked of a device that has answered. What it has told before it falls silent counts. */
  further: (session: SnmpSession, told: T, inVlan: InVlan) => Promise<void>
  /** Takes what an earlier probe of the scan has found to open the device; what opened nothing is not tried again. */
  remembers?: boolean
}

/**
 * @returns what the device told, or null and why nothing
 * @throws an error that is none of the device's
 */
export async function openDevice<T>(
  address: string,
  context: ProbeContext,
  share: Share,
  talk: Talk<T>,
): Promise<{ outcome: Outcome; told: T | null }> {
  const usable = context.credentials.filter(isUsable)
  context.rung(usable.length > 0 ? 'datagrams' : null, obstacleOf(context.credentials, usable))
  const known = credentials.get(context.network) ?? new Map<string, SnmpCredential | null>()
  credentials.set(context.network, known)
  const earlier = talk.remembers ? known.get(address) : undefined
  const tried = earlier === undefined ? usable.slice(0, MAX_CREDENTIALS) : earlier === null ? [] : [earlier]
  const packets = { left: share.packets }
  const outcomes: Outcome[] = []
  for (const credential of tried) {
    if (context.signal.aborted) break
    const answer = await talkWith(credential, address, context, packets, share.duration, talk)
    if (answer.outcome === 'answered') {
      known.set(address, credential)
      return answer
    }
    outcomes.push(answer.outcome)
  }
  if (outcomes.length > 0 && !context.signal.aborted) known.set(address, null)
  return { outcome: gravest(outcomes), told: null }
}

async function talkWith<T>(
  credential: SnmpCredential,
  address: string,
  context: ProbeContext,
  packets: { left: number },
  duration: number,
  talk: Talk<T>,
): Promise<{ outcome: Outcome; told: T | null }> {
  const sessions: SnmpSession[] = []
  const open = async (vlan: number | null): Promise<SnmpSession> => {
    const conversation = await pool.open(context.network, address, SNMP_PORT)
    const opened = new SnmpSession(conversation, credential, packets, vlan)
    sessions.push(opened)
    // The time may have run out while the way was opened.
    if (sessions[0]?.isClosed) opened.close()
    return opened
  }
  const session = await open(null)
  const stop = () => sessions.forEach((opened) => opened.close())
  const timer = setTimeout(stop, duration)
  context.signal.addEventListener('abort', stop, { once: true })
  let told: T | null = null
  let outcome: Outcome = 'timed-out'
  try {
    told = await talk.first(session)
    outcome = 'answered'
    await talk.further(session, told, open)
  } catch (error) {
    const failed = failure(error, session, context.signal)
    // What has been answered stays answered, whatever the device does after it.
    if (outcome !== 'answered') outcome = failed
  } finally {
    clearTimeout(timer)
    context.signal.removeEventListener('abort', stop)
    stop()
  }
  return { outcome, told }
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
