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
   * @throws OphavError `scope.outside` when the guard refuses the address, `scan.stopped` after a stop.
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

export interface Network {
  interfaces(): LocalInterface[]
  udp(options: UdpOptions): Promise<UdpSocket>
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
}
