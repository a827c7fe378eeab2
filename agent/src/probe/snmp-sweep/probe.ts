/** Finds who speaks SNMP: one socket, one small question to every address, two passes. */
import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '@ophav/shared/value'
import type { FrameSocket, Network, UdpSocket } from '../../net/network.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'
import type { Question } from '../snmp-message/question.ts'
import { Inbox } from './inbox.ts'
import { chooseQuestions, MAX_COMMUNITIES, type Questions } from './question.ts'
import { datagramSender, frameSender, SNMP_PORT, type Send } from './send.ts'
import { planTargets, type Plan, type Targets } from './target.ts'

/** One pass misses as many as the network loses; the second asks only those who are silent. */
const PASSES = 2

export const snmpSweep: SweepProbe = {
  kind: 'sweep',
  name: 'snmp-sweep',
  title: 'SNMP, one question to every address',
  transport: 'udp',
  ports: [SNMP_PORT],
  privilege: 'raw-socket',
  packetsPerDevice: PASSES * (MAX_COMMUNITIES + 1),
  yields: ['snmp.sysDescr', 'snmp.sysObjectID', 'snmp.sysName', 'snmp.engineID'],
  sweep,
}

/** Targets between two looks at what came back. */
const CHUNK = 256

/** Before a burst through a gateway: its MAC is being resolved, and datagrams that wait for it are dropped. */
const WARM_UP_MS = 20

/** How long an answer takes on a network that is well; between two passes at least this lies. */
const ROUND_TRIP_MS = 250
/** After the last pass, silence of half a pass ends the sweep: who asks slowly has time to listen. */
const QUIET_MS = { min: ROUND_TRIP_MS, max: 1_000 }
/** Answers that trickle in hold up the sweep no longer than this. */
const SETTLE_MS = 3_000
const LOOK_MS = 10

/** A /16 that lives answers with some 10 MB in a second, and is read in between. */
const RECEIVE_BUFFER = 4 * 1024 * 1024

async function* sweep(context: ProbeContext): AsyncGenerator<ProbeResult> {
  const chosen = chooseQuestions(context.credentials)
  const frames = new Frames(context.network)
  const plan = planTargets(context, (name) => frames.through(name) !== null)
  const inbox = new Inbox(plan.targets, context.now)
  const { socket, port } = await openSocket(context.network)
  try {
    socket.onDatagram((datagram) => inbox.receive(datagram))
    socket.onRefused((address) => inbox.refuse(address))
    const senders = plan.lanes.map(({ interfaceName, positions }) => {
      const through = interfaceName === null ? null : frames.through(interfaceName)
      const send = through
        ? frameSender(through, port, plan.targets, plan.macs)
        : datagramSender(socket, plan.targets)
      return { positions, send, warmUp: through === null }
    })
    const withoutWay = yield* askAll(context, chosen.questions, plan.targets, senders, inbox)
    yield* inbox.takeOthers()
    context.rung(rungOf(plan), notChecked(chosen, withoutWay))
  } catch (error) {
    if (!context.signal.aborted) throw error
  } finally {
    socket.close()
    frames.close()
  }
}

interface Sender {
  positions: Uint32Array
  send: Send
  warmUp: boolean
}

/** @returns how many addresses there was no way to */
async function* askAll(
  context: ProbeContext,
  questions: readonly Question[],
  targets: Targets,
  senders: readonly Sender[],
  inbox: Inbox,
): AsyncGenerator<ProbeResult, number> {
  const rounds = questions.flatMap((question) => Array.from({ length: PASSES }, () => question))
  const total = targets.addresses.length * rounds.length
  let withoutWay = 0
  for (const [round, question] of rounds.entries()) {
    const startedAt = performance.now()
    let done = round * targets.addresses.length
    withoutWay = 0
    for (const { positions, send, warmUp } of senders)
      for (let offset = 0; offset < positions.length;) {
        context.signal.throwIfAborted()
        const isFirst = warmUp && round === 0 && offset === 0
        const chunk = positions.subarray(offset, offset + (isFirst ? 1 : CHUNK))
        const silent = chunk.filter((position) => targets.answered[position] !== 1)
        if (round === 0) context.asked(chunk.map((position) => targets.addresses[position] ?? 0))
        if (silent.length > 0) withoutWay += await send(question, silent)
        if (isFirst) await sleep(WARM_UP_MS, undefined, { signal: context.signal })
        offset += chunk.length
        done += chunk.length
        context.progress(done, total)
        yield* inbox.take()
      }
    if (inbox.answers === targets.addresses.length) break
    const took = performance.now() - startedAt
    const isLast = round === rounds.length - 1
    yield* settle(
      context,
      inbox,
      isLast ? Math.min(Math.max(took / 2, QUIET_MS.min), QUIET_MS.max) : ROUND_TRIP_MS - took,
    )
  }
  return withoutWay
}

/** Listens until nothing has come for `quiet` milliseconds. */
async function* settle(context: ProbeContext, inbox: Inbox, quiet: number): AsyncGenerator<ProbeResult> {
  const from = performance.now()
  for (;;) {
    const now = performance.now()
    if (now - Math.max(from, inbox.lastAnswerAt) >= quiet || now - from >= SETTLE_MS) return
    await sleep(LOOK_MS, undefined, { signal: context.signal })
    yield* inbox.take()
  }
}

const rungOf = ({ lanes }: Plan): string =>
  [...new Set(lanes.map(({ interfaceName }) => (interfaceName === null ? 'datagrams' : 'raw frames')))].join(
    ' and ',
  ) || 'datagrams'

function notChecked({ leftOut }: Questions, withoutWay: number): string | undefined {
  const reasons = [
    leftOut > 0 ? `communities beyond the first ${MAX_COMMUNITIES} were not tried (${leftOut})` : '',
    withoutWay > 0 ? `no way to ${withoutWay} addresses` : '',
  ].filter(Boolean)
  return reasons.length > 0 ? reasons.join('; ') : undefined
}

/** Frame sockets by interface, opened when first asked for. */
class Frames {
  readonly #network: Network
  readonly #sockets = new Map<string, FrameSocket | null>()

  constructor(network: Network) {
    this.#network = network
  }

  through(interfaceName: string): FrameSocket | null {
    const known = this.#sockets.get(interfaceName)
    if (known !== undefined) return known
    const opened = this.#network.frames(interfaceName)
    this.#sockets.set(interfaceName, opened)
    return opened
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket?.close()
  }
}

/** RFC 6335 6: dynamic ports. */
const DYNAMIC_PORTS = { first: 49_152, last: 65_535 }
const PORT_TRIES = 8

/** The port is chosen here, because a frame must name the one on which its answer is awaited. */
async function openSocket(network: Network): Promise<{ socket: UdpSocket; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = randomInt(DYNAMIC_PORTS.first, DYNAMIC_PORTS.last + 1)
    try {
      return { socket: await network.udp({ budget: 'sweep', port, receiveBuffer: RECEIVE_BUFFER }), port }
    } catch (error) {
      if (errorCode(error) !== 'net.socket-refused' || attempt === PORT_TRIES) throw error
    }
  }
}
