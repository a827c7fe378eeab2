/**
 * The narrow port through which everything in the agent reaches a wire. Probes get it already guarded
 * (scope, barred ports) and paced: they cannot send faster or further than the policy allows.
 */
import type { Mac } from '@ophav/shared'

/** A datagram that came in. `address` has no zone. */
export interface Datagram {
  address: string
  port: number
  data: Buffer
}

/** Which of the policy's two budgets a socket's packets are taken from. */
export type Budget = 'sweep' | 'device'

export interface UdpOptions {
  budget: Budget
  /** Local port; 0 or absent lets the system choose. */
  port?: number
  /** Octets of receive buffer asked from the kernel: a sweep's answers come in a burst. */
  receiveBuffer?: number
  /** Joins an IPv4 multicast group on the interface with this address. */
  multicast?: { group: string; interfaceAddress: string }
}

export interface UdpSocket {
  /**
   * Sends one datagram as soon as the pace allows.
   * @returns false when the system said at once that there is no way (ENETUNREACH, EHOSTUNREACH).
   * @throws OphavError `scope.outside` when the guard refuses the address, `scan.stopped` after a stop,
   *   `scan.device-resting` while the device is left alone.
   */
  send(data: Uint8Array, port: number, address: string): Promise<boolean>
  onDatagram(listener: (datagram: Datagram) => void): void
  /** ICMP port unreachable and its like, where the system tells: whom it concerns is not always known. */
  onRefused(listener: (address: string | null) => void): void
  close(): void
}

/** A frame is whole, from its destination MAC on, without frame check sequence. */
export interface FrameSocket {
  readonly interfaceName: string
  readonly mac: Mac
  /** The interface's own IPv4 address, as an unsigned number. */
  readonly address: number
  /**
   * Queues frames of equal length that lie one after the other in `frames`, and sends them as the pace allows.
   * The guard reads each frame's own destination.
   * @returns how many were handed to the kernel.
   * @throws OphavError `scope.outside`
   */
  send(frames: Buffer, frameLength: number, count: number): Promise<number>
  /** Reads what has arrived, without waiting. The view is valid only during the call. */
  drain(listener: (frame: Buffer) => void): number
  close(): void
}

export interface TcpOptions {
  timeoutMs: number
  signal: AbortSignal
}

export interface TcpConnection {
  /** @returns false when the connection is gone. @throws as `UdpSocket.send` */
  send(data: Uint8Array): Promise<boolean>
  onData(listener: (data: Buffer) => void): void
  onEnd(listener: () => void): void
  /** Closes in order and lets the next connection to the device begin. */
  close(): Promise<void>
}

/** `not-attempted` after a stop. */
export type TcpAttempt =
  | { outcome: 'answered'; connection: TcpConnection }
  | { outcome: 'refused' | 'timed-out' | 'unreachable' | 'not-attempted'; connection: null }

/** One interface as the system sees it, up or not. */
export interface LinkState {
  name: string
  hasCarrier: boolean
  /** Ranges that the routing table takes to be on it. */
  ranges: (readonly [first: number, last: number])[]
  gateways: number[]
}

/** One row of the kernel's neighbour table. */
export interface Neighbour {
  address: string
  mac: Mac
  interfaceName: string
}

export interface LocalInterface {
  name: string
  address: string
  prefix: number
  mac: Mac
  internal: boolean
}

/** An interface's own addresses of IPv6. */
export interface Ipv6Addresses {
  mac: Mac
  /** Sixteen octets each. */
  linkLocal: Uint8Array
  /** The first eight octets of each further address whose link has a prefix of 64 bits. */
  prefixes: Uint8Array[]
}

/** IPv6 on the links of this machine. */
export interface Ipv6Network {
  /** Null where the interface has none. */
  addresses(interfaceName: string): Ipv6Addresses | null
  /** Frames of IPv6 on an interface; null where raw frames are out of reach. */
  frames(interfaceName: string): Pick<FrameSocket, 'send' | 'drain' | 'close'> | null
  /** What the system itself knows; null where it does not say. */
  neighbours(): Promise<Neighbour[] | null>
}

/** ICMP echo (RFC 792) over IPv4. */
export interface EchoSocket {
  /** `raw socket`, or `echo socket` where the system lets everybody ask for echoes. */
  readonly rung: string
  /**
   * Asks each address once, as the pace allows.
   * @returns how many were asked
   * @throws OphavError `scope.outside`
   */
  send(addresses: Uint32Array): Promise<number>
  /** Says whose answers have arrived, without waiting. */
  drain(listener: (address: number) => void): void
  close(): void
}

export interface Network {
  interfaces(): LocalInterface[]
  /** Interfaces that are not up as well; null where the system does not tell. */
  linkStates(): LinkState[] | null
  udp(options: UdpOptions): Promise<UdpSocket>
  /**
   * Opens a connection; one to a device at a time, which the guard sees to: close it.
   * @throws OphavError `scope.outside`, `scope.barred-port`, `scan.device-resting`, `scan.stopped`
   */
  tcp(address: string, port: number, options: TcpOptions): Promise<TcpAttempt>
  /** Raw frames on an interface, or null with the reason in `frameObstacle` where this rung is out of reach. */
  frames(interfaceName: string): FrameSocket | null
  /** Why `frames` gave null: `platform`, `permission`, `library`; null where it works. */
  frameObstacle(): string | null
  /** The kernel's neighbour table, or null where there is none to read. */
  neighbours(): Promise<Neighbour[] | null>
  /**
   * The last rung: asks one address with the system's own programs, which send an echo request.
   * @returns null where nobody answers or the programs are missing
   * @throws OphavError `scope.outside` when the guard refuses the address
   */
  lookUp(address: string): Promise<Mac | null>
  /** Absent where a segment is reached in another way than over its link, or where its policy leaves IPv6 alone. */
  ipv6?: Ipv6Network
  /** Null where the system allows no echoes; absent where a segment is reached in another way. */
  echo?: () => EchoSocket | null
}
