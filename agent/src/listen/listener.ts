/**
 * Listens on a segment's interfaces and reports what devices say by themselves. It has no way to send: passive mode
 * rests on that. Work is done in small pieces, so that a flood costs frames and not the rest of the program.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { AddressSet, formatIpv4, type Mac, type PolicySegment } from '@ophav/shared/value'
import type { DatagramListener, FrameListener, Listening } from '../net/listening.ts'
import { joinWishes } from '../net/wish.ts'
import type { Packet } from '../probe/packet.ts'
import type { Heard, ListenProbe } from '../probe/probe.ts'
import type { ScanEvent } from '../scan/event.ts'
import { dissect, keysOf } from './dissect.ts'
import { HeardTable, type TableLimits } from './heard-table.ts'
import { coverageOf, RAW_FRAMES, type Rung } from './notes.ts'
import { deviceAddress, findPlaces, isOffSubnet, type Place } from './place.ts'

/** How long frames may be read at a time, how long others then have their turn, and how often is looked otherwise. */
const WORK_MS = 5
const PAUSE_MS = 10
const LOOK_MS = 50
const FRAMES_AT_ONCE = 64
/** What comes together is reported together. */
const REPORT_MS = 1_000
/** How often the kernel's table is read where there are no frames. */
const NEIGHBOUR_MS = 5_000

export interface ListenerOptions {
  listening: Listening
  probes: readonly ListenProbe[]
  segment: Pick<PolicySegment, 'key' | 'ranges' | 'exclusions'>
  /** None: those that lie in the segment's ranges. */
  interfaceNames: readonly string[]
  promiscuous?: boolean
  /** Whether the system may be made to send membership reports, where there are no frames. */
  mayJoin?: boolean
  /** Milliseconds since the epoch. */
  now: () => number
  limits?: TableLimits
}

export interface RoundOptions {
  milliseconds: number
  signal: AbortSignal
}

interface Ear {
  place: Place
  listener: FrameListener
}

export class Listener {
  readonly #options: ListenerOptions
  readonly #ranges: AddressSet
  readonly #table: HeardTable
  readonly #probeOf = new Map<string, ListenProbe>()
  readonly #ears: Ear[] = []
  readonly #datagrams: DatagramListener[] = []
  readonly #rungs = new Map<string, Rung[]>()
  readonly #malformed = new Map<string, number>()
  /** Places where only the kernel tells who has which MAC. */
  readonly #deafPlaces: Place[] = []
  #neighbours = new Map<string, Mac>()
  #lost = 0

  private constructor(options: ListenerOptions) {
    this.#options = options
    this.#ranges = AddressSet.parse(options.segment.ranges)
    this.#table = new HeardTable(options.limits)
    for (const probe of options.probes) for (const key of keysOf(probe.wish)) this.#probeOf.set(key, probe)
  }

  /** @throws OphavError `address.invalid-range` */
  static async open(options: ListenerOptions): Promise<Listener> {
    const listener = new Listener(options)
    const { listening, interfaceNames } = options
    for (const place of findPlaces(listening.interfaces(), listener.#ranges, interfaceNames))
      await listener.#openPlace(place)
    return listener
  }

  /** Whether every interface is heard with raw frames. */
  get isWhole(): boolean {
    return this.#ears.length > 0 && this.#deafPlaces.length === 0
  }

  /** Reports what is heard from now on, and at the end how much of it that was. */
  async *round({ milliseconds, signal }: RoundOptions): AsyncGenerator<ScanEvent> {
    const { segment, probes, now } = this.#options
    const startedAt = now()
    const from = performance.now()
    this.#table.beginRound(startedAt)
    this.#malformed.clear()
    this.#lost = 0
    yield { type: 'phase', probe: 'listen', title: 'Listening', attempts: null }
    let reportedAt = from
    let askedAt = -Infinity
    this.#addOwn()
    for (;;) {
      const isBusy = this.#drain()
      const at = performance.now()
      const isOver = signal.aborted || at - from >= milliseconds
      if (this.#deafPlaces.length > 0 && (isOver || at - askedAt >= NEIGHBOUR_MS)) {
        await this.#readNeighbours()
        askedAt = at
      }
      if (isOver || at - reportedAt >= REPORT_MS) {
        reportedAt = at
        for (const sighting of this.#table.take()) yield { type: 'result', ...sighting }
        yield {
          type: 'progress',
          probe: 'listen',
          done: Math.round(Math.min(at - from, milliseconds) / 1000),
          total: Math.round(milliseconds / 1000),
          found: this.#table.size,
        }
      }
      if (isOver) break
      const pause = isBusy ? PAUSE_MS : Math.min(LOOK_MS, milliseconds - (at - from))
      await sleep(pause, undefined, { signal }).catch(() => undefined)
    }
    for (const { listener } of this.#ears) this.#lost += listener.statistics().lost
    const scope = this.#ranges.without(AddressSet.parse(segment.exclusions))
    yield {
      type: 'end',
      coverage: coverageOf({
        segment: segment.key,
        scope,
        excluded: this.#ranges.size - scope.size,
        startedAt,
        endedAt: now(),
        probes,
        rungs: this.#rungs,
        table: this.#table,
        malformed: this.#malformed,
        lost: this.#lost,
      }),
    }
  }

  [Symbol.dispose](): void {
    for (const { listener } of this.#ears.splice(0)) listener.close()
    for (const socket of this.#datagrams.splice(0)) socket.close()
  }

  async #openPlace(place: Place): Promise<void> {
    const { listening, probes, promiscuous = false } = this.#options
    const { interfaceName } = place
    const wish = joinWishes(probes.map((probe) => probe.wish))
    const listener = listening.frames(interfaceName, { wish, promiscuous })
    if (listener) {
      this.#ears.push({ place, listener })
      for (const { name } of probes) this.#addRung(name, { interfaceName, name: RAW_FRAMES })
      return
    }
    this.#deafPlaces.push(place)
    const obstacle = `no raw frames on ${interfaceName} (${listening.frameObstacle() ?? 'interface'})`
    for (const probe of probes)
      this.#addRung(probe.name, { interfaceName, ...(await this.#openBelow(probe, place, obstacle)) })
  }

  /** The rungs below frames: the kernel's table for ARP, a socket for what comes to a port that needs no privilege. */
  async #openBelow(probe: ListenProbe, place: Place, obstacle: string): Promise<Pick<Rung, 'name' | 'note'>> {
    const { listening, mayJoin = false } = this.#options
    const local = listening.interfaces().find(({ name }) => name === place.interfaceName)
    if (probe.name === NEIGHBOUR_PROBE && (await listening.neighbours()) !== null)
      return { name: 'neighbour table', note: `${obstacle}: only those whom this machine talks with` }
    if (!probe.datagrams || !local) return { name: null, note: obstacle }
    const { port, group } = probe.datagrams
    const socket = await listening.datagrams({ port, group, interfaceAddress: local.address, mayJoin })
    if (socket === 'not-joined')
      return { name: null, note: `${obstacle}, and joining ${group} would send a membership report` }
    if (socket === 'refused') return { name: null, note: `${obstacle}, and port ${port} is refused` }
    this.#datagrams.push(socket)
    socket.onDatagram((address, sourcePort, data) =>
      this.#hear(probe, place, {
        source: null,
        vlan: null,
        sourceAddress: address,
        sourcePort,
        destinationPort: port,
        hopLimit: 0,
        payload: data,
      }),
    )
    return { name: 'datagrams', note: `${obstacle}: hosts of other networks are not heard` }
  }

  #addRung(probe: string, rung: Rung): void {
    this.#rungs.set(probe, [...(this.#rungs.get(probe) ?? []), rung])
  }

  /** @returns whether there is more to read than the time allowed */
  #drain(): boolean {
    const until = performance.now() + WORK_MS
    let isBusy = false
    for (const { place, listener } of this.#ears)
      for (;;) {
        const heard = listener.drain(FRAMES_AT_ONCE, (frame, vlan) => {
          const found = dissect(frame, vlan)
          const probe = found && this.#probeOf.get(found.key)
          if (found && probe) this.#hear(probe, place, found.packet, listener.mac)
        })
        if (heard < FRAMES_AT_ONCE) break
        if (performance.now() < until) continue
        isBusy = true
        break
      }
    return isBusy
  }

  #hear(probe: ListenProbe, place: Place, packet: Packet, ownMac: Mac | null = null): void {
    const heard = probe.hear(packet)
    if (heard === 'malformed') {
      this.#malformed.set(probe.name, (this.#malformed.get(probe.name) ?? 0) + 1)
      return
    }
    for (const one of heard) {
      this.#add(probe.name, place, one, packet.vlan)
      if (one.ownPort && ownMac !== null)
        this.#add(probe.name, place, { ...ownSubject(place, ownMac), evidence: one.ownPort }, null)
    }
  }

  #add(probe: string, place: Place, { mac, address, evidence }: Heard, vlan: number | null): void {
    const own = deviceAddress(address)
    const marks = [...evidence]
    if (own !== null && isOffSubnet(own, place, this.#ranges))
      marks.push({ kind: 'address.offSubnet', value: own })
    if (vlan !== null) marks.push({ kind: 'vlan.tag', value: String(vlan) })
    const known = mac ?? (own === null ? null : (this.#neighbours.get(own) ?? null))
    this.#table.add(probe, { mac: known, address: own, evidence: marks }, this.#options.now())
  }

  /** This machine is a device of the segment, and does not hear itself. */
  #addOwn(): void {
    for (const { place, listener } of this.#ears)
      if (listener.mac !== null)
        this.#add(
          NEIGHBOUR_PROBE,
          place,
          { ...ownSubject(place, listener.mac), evidence: [{ kind: 'mac', value: listener.mac }] },
          null,
        )
  }

  async #readNeighbours(): Promise<void> {
    const rows = (await this.#options.listening.neighbours()) ?? []
    this.#neighbours = new Map(rows.map(({ address, mac }) => [address, mac]))
    for (const place of this.#deafPlaces)
      for (const { address, mac, interfaceName } of rows)
        if (interfaceName === place.interfaceName)
          this.#add(NEIGHBOUR_PROBE, place, { mac, address, evidence: [{ kind: 'mac', value: mac }] }, null)
  }
}

/** What the neighbour table tells is what ARP would. */
const NEIGHBOUR_PROBE = 'arp-listen'

const ownSubject = ({ links: [link] }: Place, mac: Mac): Pick<Heard, 'mac' | 'address'> => ({
  mac,
  address: link ? formatIpv4(link.address) : null,
})
