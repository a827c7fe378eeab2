/** Conversations with many devices over one socket: each hears only the device and port that it talks to. */
import type { Datagram, Network, UdpSocket } from '../net/network.ts'

export interface Conversation {
  /**
   * @returns false when there is no way to the device
   * @throws OphavError `scope.outside`; what the pace throws when the scan is stopped
   */
  send(data: Uint8Array): Promise<boolean>
  onDatagram(listener: (data: Buffer) => void): void
  onRefused(listener: () => void): void
  close(): void
}

interface Peer {
  onDatagram: ((data: Buffer) => void)[]
  onRefused: (() => void)[]
}

interface Shared {
  socket: Promise<UdpSocket>
  peers: Map<string, Set<Peer>>
  conversations: number
}

/**
 * A probe's socket on each network that it is given: opened with its first conversation and closed with its last,
 * so that a scan of ten thousand devices needs one descriptor. Many devices answer one question with a burst.
 */
export class ConversationPool {
  readonly #shared = new WeakMap<Network, Shared>()

  /** @throws OphavError `net.socket-refused` */
  async open(network: Network, address: string, port: number): Promise<Conversation> {
    const shared = this.#shared.get(network) ?? this.#share(network)
    shared.conversations++
    const close = () => this.#leave(network, shared)
    let socket: UdpSocket
    try {
      socket = await shared.socket
    } catch (error) {
      close()
      throw error
    }
    const key = peerKey(address, port)
    const peer: Peer = { onDatagram: [], onRefused: [] }
    const peers = shared.peers.get(key) ?? new Set()
    shared.peers.set(key, peers.add(peer))
    return {
      send: (data) => socket.send(data, port, address),
      onDatagram: (listener) => void peer.onDatagram.push(listener),
      onRefused: (listener) => void peer.onRefused.push(listener),
      close: () => {
        if (!peers.delete(peer)) return
        if (peers.size === 0) shared.peers.delete(key)
        close()
      },
    }
  }

  #share(network: Network): Shared {
    const peers: Shared['peers'] = new Map()
    const socket = network.udp({ budget: 'device', receiveBuffer: RECEIVE_BUFFER })
    const shared: Shared = { socket, peers, conversations: 0 }
    this.#shared.set(network, shared)
    socket.then((opened) => listen(opened, peers)).catch(() => undefined)
    return shared
  }

  #leave(network: Network, shared: Shared): void {
    if (--shared.conversations > 0) return
    if (this.#shared.get(network) === shared) this.#shared.delete(network)
    shared.socket.then((socket) => socket.close()).catch(() => undefined)
  }
}

/** Replies to bulk questions come from all devices that are being asked at once. */
const RECEIVE_BUFFER = 1024 * 1024

const peerKey = (address: string, port: number): string => `${address} ${port}`

function listen(socket: UdpSocket, peers: ReadonlyMap<string, ReadonlySet<Peer>>): void {
  socket.onDatagram(({ address, port, data }: Datagram) => {
    for (const peer of peers.get(peerKey(address, port)) ?? [])
      for (const listener of peer.onDatagram) listener(data)
  })
  socket.onRefused((address) => {
    if (address === null) return
    for (const [key, talking] of peers)
      if (key.startsWith(`${address} `))
        for (const peer of talking) for (const listener of peer.onRefused) listener()
  })
}
