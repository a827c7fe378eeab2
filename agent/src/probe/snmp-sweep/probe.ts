/** Finds who speaks SNMP: one socket, one small question to every address, two passes. */
import { randomInt } from 'node:crypto'
import { errorCode } from '@ophav/shared/value'
import type { FrameSocket, Network, UdpSocket } from '../../net/network.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'
import { askAll, PASSES, Sender } from './ask-all.ts'
import { Inbox } from './inbox.ts'
import { chooseQuestions, MAX_COMMUNITIES, type Questions } from './question.ts'
import { datagramSender, frameSender, SNMP_PORT } from './send.ts'
import { planTargets, type Plan } from './target.ts'

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
      return new Sender(positions, send, { warmUp: through === null, pace: context.pace })
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
