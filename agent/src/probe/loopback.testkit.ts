/** For tests: a network on loopback, and hosts on it that answer as a test wants them to. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { AddressSet, type Mac, type Pace, type SnmpCredential } from '@ophav/shared/value'
import { openTcp } from '../net/kernel-tcp.ts'
import type { Network, TcpOptions, UdpSocket } from '../net/network.ts'
import type { ProbeContext } from './probe.ts'

const LOOPBACK = '127.0.0.1'

const FULL_PACE: Pace = {
  sweepPacketsPerSecond: 0,
  devicePacketsPerSecond: 0,
  packetsPerSecondPerDevice: 0,
  concurrentDevices: 64,
}

/** Datagrams to `10.0.0.1 161` go to the loopback port that stands for it; what stands nowhere is lost. */
export class LoopbackNetwork implements Network {
  readonly #there = new Map<string, number>()
  readonly #back = new Map<number, { address: string; port: number }>()
  readonly #hosts: Socket[] = []
  /** Everything that was sent, by destination. */
  readonly sent: { to: string; data: Buffer }[] = []
  #open = 0

  interfaces = () => []
  linkStates = () => null
  tcp = (address: string, port: number, options: TcpOptions) =>
    openTcp(LOOPBACK, this.#there.get(`${address} ${port}`) ?? 1, options)
  frames = () => null
  frameObstacle = () => 'platform'
  neighbours = async () => []
  lookUp = async () => null

  /** A host that answers each datagram with those that `answer` gives. */
  async host(address: string, port: number, answer: (question: Buffer) => Uint8Array[]): Promise<Socket> {
    const socket = createSocket('udp4')
    socket.on('message', (question, from) => {
      for (const reply of answer(question)) socket.send(reply, from.port, from.address)
    })
    socket.bind(0, LOOPBACK)
    await once(socket, 'listening')
    this.#hosts.push(socket)
    this.forward(address, port, (socket.address() as AddressInfo).port)
    return socket
  }

  /** What is sent to the address and port goes to this loopback port. */
  forward(address: string, port: number, to: number): void {
    this.#there.set(`${address} ${port}`, to)
    this.#back.set(to, { address, port })
  }

  async udp(): Promise<UdpSocket> {
    const socket = createSocket('udp4')
    socket.bind(0, LOOPBACK)
    await once(socket, 'listening')
    this.#open++
    return {
      send: (data, port, address) => {
        this.sent.push({ to: `${address} ${port}`, data: Buffer.from(data) })
        const to = this.#there.get(`${address} ${port}`)
        if (to === undefined) return Promise.resolve(true)
        return new Promise((resolve, reject) =>
          socket.send(data, to, LOOPBACK, (error) => (error ? reject(error) : resolve(true))),
        )
      },
      onDatagram: (listener) =>
        void socket.on('message', (data, from) => listener({ ...(this.#back.get(from.port) ?? from), data })),
      onRefused: () => {},
      close: () => {
        this.#open--
        socket.close()
      },
    }
  }

  /** @throws when a probe has left a socket open */
  close(): void {
    for (const socket of this.#hosts) socket.close()
    if (this.#open !== 0) throw new Error(`${this.#open} sockets are still open`)
  }
}

export interface TestContext extends ProbeContext {
  /** What the probe said about its rung. */
  rungs: [rung: string | null, notChecked: string | undefined][]
  alive: Map<string, Mac | null>
}

export function testContext(
  network: Network,
  scope: string,
  credentials: readonly SnmpCredential[] = [{ version: '2c', community: 'public' }],
  signal: AbortSignal = new AbortController().signal,
): TestContext {
  const rungs: TestContext['rungs'] = []
  return {
    scope: AddressSet.parse([scope]),
    network,
    pace: FULL_PACE,
    credentials,
    signal,
    now: () => 1_700_000_000_000,
    alive: new Map(),
    asked: () => {},
    progress: () => {},
    rung: (rung, notChecked) => void rungs.push([rung, notChecked]),
    rungs,
  }
}
