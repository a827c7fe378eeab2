/**
 * The port through which passive mode reaches a wire. Nothing in it can send: what is not there cannot be called by
 * mistake.
 */
import type { Mac } from '@ophav/shared'
import type { LocalInterface, Neighbour } from './network.ts'
import type { FrameWish } from './wish.ts'

/** @param vlan the VLAN of the tag that the kernel has taken off, null where there was none */
export type OnFrame = (frame: Buffer, vlan: number | null) => void

export interface FrameListener {
  readonly interfaceName: string
  /** The interface's own; null where it has none of six octets. */
  readonly mac: Mac | null
  /** Hands over at most `limit` frames that wait, without waiting for more; views are valid only during the call. */
  drain(limit: number, onFrame: OnFrame): number
  /** How many frames the filter let through since the last question, and how many of them found no room. */
  statistics(): { received: number; lost: number }
  close(): void
}

export interface FrameListenOptions {
  wish: Required<FrameWish>
  /** Frames for others as well; only for a mirror port. */
  promiscuous: boolean
}

export interface DatagramListenOptions {
  port: number
  /** An IPv4 group to hear, and the interface on which. */
  group: string | null
  interfaceAddress: string
  /** Joining a group makes the system send a membership report (RFC 3376); without this it is not joined. */
  mayJoin: boolean
}

/** The datagram is valid only during the call. */
export type OnDatagram = (address: string, port: number, data: Buffer) => void

export interface DatagramListener {
  onDatagram(listener: OnDatagram): void
  close(): void
}

export interface Listening {
  interfaces(): LocalInterface[]
  /** @returns null where there can be no frames: see `frameObstacle` */
  frames(interfaceName: string, options: FrameListenOptions): FrameListener | null
  /** Why there can be no frames: `platform`, `permission`, `library`; null where there can. */
  frameObstacle(): string | null
  /** @returns the listener, or why there can be none */
  datagrams(options: DatagramListenOptions): Promise<DatagramListener | DatagramObstacle>
  /** The kernel's neighbour table as it stands; null where there is none to read. */
  neighbours(): Promise<Neighbour[] | null>
}

/** `not-joined`: the group is not joined by anybody on this machine, and joining it would send a packet. */
export type DatagramObstacle = 'not-joined' | 'refused'
