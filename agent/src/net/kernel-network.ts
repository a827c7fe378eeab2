/** The network as the operating system offers it. The only place that opens sockets. */
import { createSocket } from 'node:dgram'
import { networkInterfaces } from 'node:os'
import { OphavError, parseMac } from '@ophav/shared/value'
import { openEchoSocket } from './echo/echo-socket.ts'
import { kernelIpv6 } from './kernel-ipv6.ts'
import { openTcp } from './kernel-tcp.ts'
import { readLinkStates } from './link-state.ts'
import { frameObstacle, openFrameSocket } from './frame/frame-socket.ts'
import { listenForRefusals } from './icmp-listener.ts'
import { lookUpMac } from './look-up.ts'
import { readNeighbours } from './neighbour-table.ts'
import type { LocalInterface, Network, UdpOptions, UdpSocket } from './network.ts'

export const kernelNetwork = (): Network => ({
  interfaces: localInterfaces,
  linkStates: () => readLinkStates(),
  udp: openUdp,
  tcp: openTcp,
  frames: (interfaceName) => openFrameSocket(interfaceName),
  frameObstacle,
  neighbours: readNeighbours,
  lookUp: lookUpMac,
  ipv6: kernelIpv6,
  echo: openEchoSocket,
})

export function localInterfaces(): LocalInterface[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter((address) => address.family === 'IPv4')
      .map(({ address, cidr, mac, internal }) => ({
        name,
        address,
        prefix: Number(cidr?.split('/')[1] ?? 32),
        mac: parseMac(mac) ?? '00:00:00:00:00:00',
        internal,
      })),
  )
}

/** The system says at once that there is no way to the address. */
const NO_WAY = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EHOSTDOWN', 'EACCES', 'EPERM', 'EINVAL'])
/** The send queue is full: the datagram is to be sent again a little later. */
const CONGESTED = new Set(['ENOBUFS', 'EAGAIN'])
const CONGESTION_PAUSE_MS = 2
const CONGESTION_TRIES = 50

/** Addresses are numbers, which the guard has checked: no name is ever looked up. */
const asItIs = (
  address: string,
  _options: unknown,
  found: (error: null, address: string, family: number) => void,
): void => found(null, address, 4)

async function openUdp(options: UdpOptions): Promise<UdpSocket> {
  const { port = 0, receiveBuffer, multicast } = options
  const socket = createSocket({ type: 'udp4', reuseAddr: multicast !== undefined, lookup: asItIs })
  await new Promise<void>((resolve, reject) => {
    socket.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new OphavError('net.socket-refused', { port, reason: cause.code ?? '' }, { cause })),
    )
    socket.bind(port, () => resolve())
  })
  socket.removeAllListeners('error')
  // Without a listener an ICMP error that the system reports later would end the process.
  const refused: ((address: string | null) => void)[] = []
  socket.on('error', () => refused.forEach((listener) => listener(null)))
  let stopListening: (() => void) | null = null
  if (receiveBuffer !== undefined) raiseReceiveBuffer(socket, receiveBuffer)
  if (multicast) {
    socket.addMembership(multicast.group, multicast.interfaceAddress)
    socket.setMulticastInterface(multicast.interfaceAddress)
    socket.setMulticastTTL(1)
    socket.setMulticastLoopback(true)
  }
  return {
    send: (data, to, address) => sendDatagram(socket, data, to, address, refused),
    onDatagram: (listener) =>
      void socket.on('message', (data, { address, port: from }) => listener({ address, port: from, data })),
    onRefused: (listener) => {
      refused.push(listener)
      stopListening ??= listenForRefusals(socket.address().port, (address) => {
        for (const hear of refused) hear(address)
      })
    },
    close: () => {
      stopListening?.()
      socket.close()
    },
  }
}

/** Asked for, not insisted upon: the system caps it at its own maximum. */
function raiseReceiveBuffer(socket: ReturnType<typeof createSocket>, octets: number): void {
  try {
    socket.setRecvBufferSize(octets)
  } catch {
    // The default still works; a burst may lose answers, which the second pass asks again.
  }
}

async function sendDatagram(
  socket: ReturnType<typeof createSocket>,
  data: Uint8Array,
  port: number,
  address: string,
  refused: readonly ((address: string | null) => void)[],
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const code = await new Promise<string | null>((resolve) =>
      socket.send(data, port, address, (error) =>
        resolve(error ? ((error as NodeJS.ErrnoException).code ?? 'EUNKNOWN') : null),
      ),
    )
    if (code === null) return true
    if (code === 'ECONNREFUSED') refused.forEach((listener) => listener(address))
    else if (NO_WAY.has(code)) return false
    else if (!CONGESTED.has(code) || attempt >= CONGESTION_TRIES)
      throw new OphavError('net.send-failed', { address, reason: code })
    else await new Promise((resolve) => setTimeout(resolve, CONGESTION_PAUSE_MS))
  }
}
