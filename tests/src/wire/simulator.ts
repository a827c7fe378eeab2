/** The far end of a cable: devices with MACs of their own answer in frames, and every packet is counted. */
import { answer } from '../device/answer.ts'
import { formatIpv4 } from '@ophav/shared'
import { readFrame, writeArpReply, writeUdp, type ArpRequest, type UdpFrame } from './frame.ts'
import type { PacketSocket } from './packet-socket.ts'
import type { Population } from './population.ts'

export interface Tally {
  frames: number
  arp: number
  /** Packets by destination: `arp 10.0.0.1`, `udp 10.0.0.1 161`, `ip6 10.0.0.1 515`. */
  destinations: Map<string, number>
  /** When each packet came, in milliseconds, with its destination; the first so many. */
  times: [at: number, destination: string][]
}

/** Enough for a scan of some thousand addresses. */
const MAX_TIMES = 100_000

export interface SimulatorOptions {
  population: Population
  /** A router at this address forwards to everybody: then nobody else answers ARP. */
  gateway?: number
  /** Of 10,000 frames so many are lost, in each direction. */
  lossPerMyriad?: number
  /** Counting each destination takes time that a measurement has not. */
  countsDestinations?: boolean
  recordsTimes?: boolean
}

const MDNS_GROUP = 0xe00000fb
const MDNS_GROUP_MAC = Buffer.from('01005e0000fb', 'hex')
const MDNS_PORT = 5353
const GATEWAY_MAC = Buffer.from('02005e000001', 'hex')

export class Simulator {
  readonly tally: Tally = { frames: 0, arp: 0, destinations: new Map(), times: [] }
  readonly #socket: PacketSocket
  readonly #options: SimulatorOptions
  readonly #loss: number
  #random = 0x2545f491

  constructor(socket: PacketSocket, options: SimulatorOptions) {
    this.#socket = socket
    this.#options = options
    this.#loss = options.lossPerMyriad ?? 0
  }

  /** @returns how many frames were waiting */
  turn(): number {
    return this.#socket.serve((frame, reply) => this.#receive(frame, reply))
  }

  #receive(data: Buffer, reply: Buffer): number {
    const frame = readFrame(data)
    this.tally.frames++
    if (!frame) return 0
    this.#count(frame)
    if (this.#isLost()) return 0
    const length =
      frame.type === 'arp'
        ? this.#answerArp(frame, reply)
        : frame.type === 'udp'
          ? this.#answerUdp(frame, reply)
          : 0
    return length > 0 && this.#isLost() ? 0 : length
  }

  #count(frame: NonNullable<ReturnType<typeof readFrame>>): void {
    if (frame.type === 'arp') this.tally.arp++
    if (!this.#options.countsDestinations) return
    const key =
      frame.type === 'arp'
        ? `arp ${formatIpv4(frame.target)}`
        : frame.type === 'udp'
          ? `udp ${formatIpv4(frame.destination)} ${frame.destinationPort}`
          : `ip${frame.protocol} ${formatIpv4(frame.destination)} ${frame.destinationPort}`
    this.tally.destinations.set(key, (this.tally.destinations.get(key) ?? 0) + 1)
    if (this.#options.recordsTimes && this.tally.times.length < MAX_TIMES)
      this.tally.times.push([performance.now(), key])
  }

  #answerArp(request: ArpRequest, reply: Buffer): number {
    if (request.operation !== 1) return 0
    const { gateway, population } = this.#options
    if (gateway !== undefined)
      return request.target === gateway ? writeArpReply(reply, GATEWAY_MAC, request) : 0
    const resident = population.resident(request.target)
    return resident && request.target !== request.sender ? writeArpReply(reply, resident.mac, request) : 0
  }

  #answerUdp(frame: UdpFrame, reply: Buffer): number {
    const { gateway, population } = this.#options
    if (frame.destination === MDNS_GROUP) {
      this.#answerGroup(frame)
      return 0
    }
    const resident = population.resident(frame.destination)
    if (!resident) return 0
    // On a link, a frame to another's MAC is not for this device.
    if (gateway === undefined && !frame.destinationMac.equals(resident.mac)) return 0
    const [answered] = population.answers(frame.destination, frame.destinationPort, frame.payload)
    if (!answered) return 0
    const sourceMac = gateway === undefined ? resident.mac : GATEWAY_MAC
    return writeUdp(
      reply,
      {
        sourceMac,
        destinationMac: frame.sourceMac,
        source: frame.destination,
        destination: frame.source,
        sourcePort: frame.destinationPort,
        destinationPort: frame.sourcePort,
      },
      answered,
    )
  }

  /** RFC 6762 6: who has an answer to a call to the group calls it back to the group. */
  #answerGroup(frame: UdpFrame): void {
    const isDirect = frame.sourcePort !== MDNS_PORT
    for (const address of this.#options.population.talkers()) {
      const resident = this.#options.population.resident(address)
      if (!resident?.recording) continue
      const [message] = answer(
        resident.recording,
        isDirect ? 'mdns' : 'mdns-multicast',
        frame.payload,
        formatIpv4(address),
      )
      if (!message) continue
      const target = Buffer.alloc(42 + message.length)
      writeUdp(
        target,
        {
          sourceMac: resident.mac,
          destinationMac: isDirect ? frame.sourceMac : MDNS_GROUP_MAC,
          source: address,
          destination: isDirect ? frame.source : MDNS_GROUP,
          sourcePort: MDNS_PORT,
          destinationPort: isDirect ? frame.sourcePort : MDNS_PORT,
        },
        message,
      )
      this.#pending.push(target)
    }
    queueMicrotask(() => this.#pending.splice(0).forEach((target) => this.#socket.send(target)))
  }

  readonly #pending: Buffer[] = []

  /** The same losses in every run. */
  #isLost(): boolean {
    if (this.#loss === 0) return false
    this.#random ^= this.#random << 13
    this.#random ^= this.#random >>> 17
    this.#random ^= this.#random << 5
    return (this.#random >>> 0) % 10_000 < this.#loss
  }
}
