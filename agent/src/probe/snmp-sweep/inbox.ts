/** Reads what comes back: matches each datagram with the question that was asked, and says what it means. */
import { parseIpv4, type Evidence, type Outcome } from '@ophav/shared/value'
import type { Datagram } from '../../net/network.ts'
import type { ProbeResult } from '../probe.ts'
import { readOid, TAG } from '../snmp-message/ber.ts'
import { octetsToText } from '../snmp-message/octets-text.ts'
import { readReply, type CommunityReply, type EngineReply, type Variable } from '../snmp-message/reply.ts'
import { SYSTEM_OIDS } from './question.ts'
import { SNMP_PORT } from './send.ts'
import type { Targets } from './target.ts'

/** RFC 3416 3: authorizationError. */
const AUTHORIZATION_ERROR = 16

export class Inbox {
  /** On the monotonic clock: when the last answer came that was waited for. */
  lastAnswerAt = 0
  answers = 0
  /** A target has answered for the first time. */
  onFirst: (position: number) => void = () => {}
  /** A target that has answered has said something more. */
  onAgain: (position: number) => void = () => {}
  #ready: ProbeResult[] = []
  /** What was said by those who have not answered: the last word on them if no answer comes. */
  readonly #otherwise = new Map<number, ProbeResult>()
  readonly #targets: Targets
  readonly #now: () => number

  constructor(targets: Targets, now: () => number) {
    this.#targets = targets
    this.#now = now
  }

  receive({ address, port, data }: Datagram): void {
    const position = this.#positionOf(address)
    if (position < 0 || port !== SNMP_PORT) return
    if (this.#targets.answered[position] === 1) return this.onAgain(position)
    const reply = readReply(data)
    if (!reply) this.#note(position, address, 'malformed')
    // A late answer to somebody else, or a forged one.
    else if (reply.id !== this.#targets.ids[position]) return
    else if (reply.version !== '3' && reply.errorStatus === AUTHORIZATION_ERROR)
      this.#note(position, address, 'refused')
    else this.#answer(position, address, readEvidence(reply))
  }

  refuse(address: string | null): void {
    const position = address === null ? -1 : this.#positionOf(address)
    if (address !== null && position >= 0) this.#note(position, address, 'refused')
  }

  /** What came since the last time. */
  take(): ProbeResult[] {
    const taken = this.#ready
    this.#ready = []
    return taken
  }

  /** What those said who did not answer. */
  takeOthers(): ProbeResult[] {
    return [...this.#otherwise]
      .filter(([position]) => this.#targets.answered[position] !== 1)
      .map(([, result]) => result)
  }

  #positionOf(address: string): number {
    const number = parseIpv4(address)
    return number === null ? -1 : this.#targets.positionOf(number)
  }

  #answer(position: number, address: string, evidence: Evidence[]): void {
    this.#targets.answered[position] = 1
    this.answers++
    this.onFirst(position)
    this.lastAnswerAt = performance.now()
    this.#ready.push(this.#result(address, 'answered', evidence))
  }

  #note(position: number, address: string, outcome: Outcome): void {
    this.#otherwise.set(position, this.#result(address, outcome, []))
  }

  #result(address: string, outcome: Outcome, evidence: Evidence[]): ProbeResult {
    return { address, mac: null, outcome, evidence, observedAt: this.#now() }
  }
}

function readEvidence(reply: CommunityReply | EngineReply): Evidence[] {
  if (reply.version === '3') return [{ kind: 'snmp.engineID', value: reply.engineId.toString('hex') }]
  return reply.errorStatus === 0 ? reply.variables.flatMap(systemEvidence) : []
}

function systemEvidence({ oid, tag, value }: Variable): Evidence[] {
  const kind = Object.hasOwn(SYSTEM_OIDS, oid) ? SYSTEM_OIDS[oid as keyof typeof SYSTEM_OIDS] : undefined
  const text =
    tag === TAG.octetString
      ? octetsToText(value)
      : tag === TAG.objectIdentifier
        ? readOid(value, { tag, start: 0, end: value.length })
        : null
  return kind && text ? [{ kind, value: text }] : []
}
