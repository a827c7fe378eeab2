/** What a probe is: a declaration, and one of three ways of working. The runner owns everything else. */
import type { AddressSet, Evidence, Mac, NetworkTable, Outcome, Pace, SnmpCredential } from '@ophav/shared'
import type { Network } from '../net/network.ts'
import type { FrameWish } from '../net/wish.ts'
import type { Packet } from './packet.ts'

export interface ProbeDeclaration {
  /** The folder's name; stands in observations and policies. */
  name: string
  title: string
  transport: 'frame' | 'udp' | 'multicast' | 'icmp'
  /** UDP or TCP ports that it sends to. */
  ports: readonly number[]
  /** What it needs for its best rung. */
  privilege: 'none' | 'raw-socket'
  /** The most packets that one device gets from one run. */
  packetsPerDevice: number
  /** Evidence kinds that it yields. */
  yields: readonly string[]
}

/** One reply, or the lack of one. */
export interface ProbeResult {
  address: string | null
  mac: Mac | null
  outcome: Outcome
  evidence: Evidence[]
  /** What it knows about others, where it is a router or switch. */
  tables?: readonly NetworkTable[]
  /** Milliseconds since the epoch. */
  observedAt: number
}

export interface ProbeContext {
  /** The approved addresses of the segment, exclusions taken out. */
  scope: AddressSet
  /** Guarded and paced. */
  network: Network
  /** What the network below keeps to; a probe may only be more patient where it is polite. */
  pace: Pace
  credentials: readonly SnmpCredential[]
  /** Fires when the scan is to stop: close what is open and return. */
  signal: AbortSignal
  now: () => number
  /** Live hosts that earlier probes of this scan found: address to MAC, null where the MAC is not known. */
  alive: ReadonlyMap<string, Mac | null>
  /** Says whom a sweep has asked, each address once: coverage is counted from it. */
  asked: (addresses: Iterable<number>) => void
  /** Says how far a sweep is: attempts made of attempts planned. */
  progress: (done: number, total: number) => void
  /** Says which rung of the ladder is used, or why something is not checked. */
  rung: (rung: string | null, notChecked?: string) => void
}

/** Touches every address of the scope once or twice, or calls out to all and listens. */
export interface SweepProbe extends ProbeDeclaration {
  kind: 'sweep'
  sweep(context: ProbeContext): AsyncIterable<ProbeResult>
}

/** Asks one device that lives. */
export interface AskProbe extends ProbeDeclaration {
  kind: 'ask'
  /** A sweep whose silence makes this question pointless. Where that sweep does not run, everybody is asked. */
  after?: string
  /** A sweep that has learnt the same already from those whom it heard. */
  unless?: string
  ask(address: string, context: ProbeContext): Promise<ProbeResult>
}

/** Whom a packet speaks of, and what it says. */
export interface Heard {
  mac: Mac | null
  address: string | null
  evidence: Evidence[]
  /** What a switch says of the port that this machine hangs on: the segment's place in the network. */
  ownPort?: Evidence[]
}

/** Hears what devices say by themselves, in a scan or all the time. It has nothing to send with. */
export interface ListenProbe extends ProbeDeclaration {
  kind: 'listen'
  ports: readonly []
  packetsPerDevice: 0
  /** The packets that are handed to it. */
  wish: FrameWish
  /** Where there are no frames: the UDP port and the IPv4 group, null for a broadcast, on which an ordinary socket hears it. */
  datagrams?: { port: number; group: string | null }
  /** What even raw frames do not show, in plain words. */
  blindTo?: string
  /** @returns whom the packet speaks of; nobody where it is none of this probe's, `malformed` where it breaks its own rules */
  hear(packet: Packet): readonly Heard[] | 'malformed'
}

export type Probe = SweepProbe | AskProbe | ListenProbe
