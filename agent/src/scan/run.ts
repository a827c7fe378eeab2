/**
 * Runs a segment's probes: sweeps find who lives, piece by piece, then each device is asked. Every packet goes through
 * the guard; at each checkpoint what was done is kept, so that a scan goes on where it was interrupted.
 */
import { setMaxListeners } from 'node:events'
import {
  AddressSet,
  DEFAULT_LATENCY,
  errorCode,
  OphavError,
  parseIpv4,
  type Coverage,
  type PolicySegment,
  type SnmpCredential,
} from '@ophav/shared/value'
import { DeviceTurn } from '../net/device-turn.ts'
import { guardNetwork } from '../net/guarded-network.ts'
import { isOnLink, linksOf } from '../net/link.ts'
import type { Network } from '../net/network.ts'
import type { AskProbe, Probe, ProbeContext, ProbeResult, SweepProbe } from '../probe/probe.ts'
import { askDevices } from './ask-devices.ts'
import type { SavedScan } from './checkpoint.ts'
import { chunkSize, cutChunks } from './chunk.ts'
import { ScanCourse } from './course.ts'
import { CoverageCount } from './coverage.ts'
import { DeviceWatch } from './device-watch.ts'
import { EventQueue } from './event-queue.ts'
import type { ScanEvent } from './event.ts'
import { Hosts } from './hosts.ts'
import { ListedHosts } from './listed-hosts.ts'
import { checkLinks, type LinkCheck } from './link-check.ts'
import { IPV6_PROBE, linkScope } from './link-scope.ts'
import { createPacer, type Pacer } from './pace.ts'
import { approvedScope, type Scope } from './scope.ts'
import { stopReason } from './stop.ts'

export interface ScanOptions {
  segment: PolicySegment
  credentials: readonly SnmpCredential[]
  network: Network
  /** In the order in which they are to run: the cheapest question first. */
  probes: readonly Probe[]
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: () => number
  /** A scan of the same scope that was interrupted. */
  saved?: SavedScan | null
}

/** Progress more often than this is noise. */
const PROGRESS_MS = 100

/** While devices are asked, so much time lies between checkpoints: what is lost is asked again. */
const CHECKPOINT_MS = 2_000

/** A reader that is slower than the answers holds up the sweep instead of filling the memory. */
const MAX_WAITING_EVENTS = 4_096

/** Claims to one address in one piece beyond these say nothing new: somebody floods the segment. */
const MAX_RESULTS_PER_ADDRESS = 8

/** @throws OphavError `address.invalid-range`, `scan.passive`; a probe's error ends that probe alone and stands in the coverage */
export async function* scanSegment(options: ScanOptions): AsyncGenerator<ScanEvent> {
  if (options.segment.mode === 'passive')
    throw new OphavError('scan.passive', { segment: options.segment.key })
  const scan = new Scan(options)
  const events = scan.events.during(scan.run())
  yield* events
  yield { type: 'end', coverage: scan.coverage() }
}

class Scan {
  readonly events = new EventQueue<ScanEvent>()
  readonly #options: ScanOptions
  readonly #scope: Scope
  readonly #checkLinks: () => LinkCheck
  /** As it was at the beginning. */
  readonly #link: LinkCheck
  readonly #pacer: Pacer
  readonly #watch: DeviceWatch
  readonly #turn = new DeviceTurn()
  readonly #count: CoverageCount
  readonly #hosts: Hosts
  readonly #listed: ListedHosts
  readonly #course: ScanCourse

  constructor(options: ScanOptions) {
    const { segment, signal, network, saved = null } = options
    this.#options = options
    // Every question that is open listens for the end.
    setMaxListeners(0, signal)
    this.#scope = approvedScope(segment.ranges, segment.exclusions)
    const ranges = AddressSet.parse(segment.ranges)
    this.#checkLinks = () => checkLinks(ranges, network.interfaces(), network.linkStates())
    this.#link = this.#checkLinks()
    this.#pacer = createPacer(segment.pace, signal)
    this.#watch = new DeviceWatch({
      limit: segment.safety?.latency ?? DEFAULT_LATENCY,
      now: () => performance.now(),
      onRest: (address, reason, milliseconds) =>
        this.events.push({ type: 'resting', address, reason, milliseconds }),
    })
    const { addresses: scope } = this.#scope
    this.#count = new CoverageCount({
      segment: segment.key,
      scope,
      excluded: ranges.size - scope.size,
      saved,
    })
    this.#hosts = new Hosts(saved?.hosts)
    this.#listed = new ListedHosts(scope)
    const { events } = this
    this.#course = new ScanCourse({ ...options, scope, events, count: this.#count, hosts: this.#hosts })
    for (const probe of this.#course.swept) this.#hosts.begin(probe)
  }

  async run(): Promise<void> {
    const { probes, segment } = this.#options
    if (this.#link.unplugged.length > 0) return
    const chosen = probes.filter(({ name }) => segment.probes.includes(name))
    for (const probe of chosen) if (probe.kind === 'sweep') await this.#sweep(probe)
    await this.#askAll(chosen.filter((probe) => probe.kind === 'ask'))
    await this.#course.checkpoint(null)
  }

  coverage(): Coverage {
    const { signal } = this.#options
    const isUnplugged = this.#link.unplugged.length > 0
    const coverage = this.#course.coverage(
      isUnplugged ? 'no-carrier' : signal.aborted ? stopReason(signal) : null,
      // A cable that was pulled meanwhile makes silence of everybody.
      isUnplugged ? this.#link : this.#checkLinks(),
    )
    const listedUnseen = this.#listed.unseen(this.#hosts.alive)
    return listedUnseen === null ? coverage : { ...coverage, listedUnseen }
  }

  async #sweep(probe: SweepProbe): Promise<void> {
    const { name, title } = probe
    if (this.#options.signal.aborted || this.#course.swept.has(name)) return
    this.#count.begin(name)
    this.#hosts.begin(name)
    this.events.push({ type: 'phase', probe: name, title, attempts: null })
    const done = this.#course.doneBy(name)
    const whole = this.#universe(probe)
    const size = probe.transport === 'multicast' ? Infinity : chunkSize(this.#options.segment.pace)
    for (const chunk of cutChunks(whole, done, this.#course.seed, size)) {
      await this.#course.checkpoint({ probe: name, atMost: chunk.size * probe.packetsPerDevice })
      if (this.#options.signal.aborted || !(await this.#sweepChunk(probe, chunk, whole.size))) break
      for (const address of chunk.numbers()) done.add(address)
    }
    if (!this.#options.signal.aborted) this.#course.swept.add(name)
  }

  /** @returns whether the piece was done to its end */
  async #sweepChunk(probe: SweepProbe, chunk: AddressSet, total: number): Promise<boolean> {
    const { name } = probe
    const before = this.#course.doneBy(name).count
    const claims = new Map<string | null, number>()
    const context = this.#context(name, chunk, (done, of) =>
      this.#progress(name, before + Math.round((chunk.size * done) / Math.max(1, of)), total),
    )
    let isWhole = true
    try {
      for await (const result of probe.sweep(context)) {
        const count = (claims.get(result.address) ?? 0) + 1
        claims.set(result.address, count)
        if (result.address !== null && count > MAX_RESULTS_PER_ADDRESS)
          this.#count.note(name, 'a flood: of several answers from one address only the first were kept')
        else this.#accept(name, result)
        if (this.events.length > MAX_WAITING_EVENTS) await this.events.drained(this.#options.signal)
      }
    } catch (error) {
      this.#fail(name, error)
      isWhole = false
    }
    // What was not asked because of a stop has not timed out.
    this.#count.endSweep(name)
    return isWhole && !this.#options.signal.aborted
  }

  /**
   * On a link where an earlier sweep found somebody only those are asked; everywhere else all are. The probe knows
   * that itself; here it keeps absent hosts from filling pieces.
   */
  #universe(probe: SweepProbe): AddressSet {
    const { addresses: scope } = this.#scope
    if (probe.transport !== 'udp' && probe.transport !== 'icmp') return scope
    const alive = [...this.#hosts.alive.keys()].flatMap((text) => parseIpv4(text) ?? [])
    const links = linksOf(this.#options.network.interfaces()).filter((link) =>
      alive.some((address) => isOnLink(address, link)),
    )
    if (links.length === 0) return scope
    const elsewhere = scope.without(new AddressSet(links.map(({ range }) => range)))
    return new AddressSet([...elsewhere.ranges, ...alive.map((address) => [address, address] as const)])
  }

  async #askAll(probes: readonly AskProbe[]): Promise<void> {
    const { signal, segment } = this.#options
    const open = this.#hosts.open()
    if (probes.length === 0 || open.length === 0 || signal.aborted) return
    for (const { name } of probes) {
      this.#count.begin(name)
      this.#hosts.begin(name)
    }
    const total = this.#hosts.alive.size
    const label = probes.map(({ title }) => title).join('; ')
    this.events.push({ type: 'phase', probe: 'ask', title: label, attempts: open.length })
    await this.#course.checkpoint({ probe: 'ask', atMost: this.#atMostOf(probes, open.length) })
    const { addresses: scope } = this.#scope
    const contexts = new Map(probes.map(({ name }) => [name, this.#context(name, scope, () => {})]))
    let left = open.length
    await askDevices({
      addresses: open,
      seed: this.#course.seed,
      concurrency: segment.pace.concurrentDevices,
      probes,
      signal,
      hosts: this.#hosts,
      watch: this.#watch,
      count: this.#count,
      ask: async (probe, address) => {
        const context = contexts.get(probe.name)
        if (context) this.#accept(probe.name, await probe.ask(address, context))
      },
      fail: (probe, error) => this.#fail(probe, error),
      onDevice: async () => {
        this.#progress('ask', total - --left, total)
        if (this.#course.sinceCheckpoint() >= CHECKPOINT_MS)
          void this.#course.checkpoint({ probe: 'ask', atMost: this.#atMostOf(probes, left) })
        if (this.events.length > MAX_WAITING_EVENTS) await this.events.drained(signal)
      },
    })
  }

  #atMostOf(probes: readonly AskProbe[], devices: number): number {
    return devices * probes.reduce((sum, { packetsPerDevice }) => sum + packetsPerDevice, 0)
  }

  #accept(probe: string, result: ProbeResult): void {
    const { address } = result
    const number = address === null ? null : parseIpv4(address)
    // Calls to a group are answered by everybody: what lies outside the scope is not this scan's business.
    if (number !== null && !this.#scope.addresses.has(number)) return
    this.#count.result(probe, result)
    for (const table of result.tables ?? []) if (table.table === 'address') this.#listed.add(table.rows)
    const mac = result.mac ?? (address === null ? null : (this.#hosts.alive.get(address) ?? null))
    // Questions are asked over IPv4 alone.
    if (
      address !== null &&
      number !== null &&
      (result.outcome === 'answered' || result.outcome === 'refused')
    )
      this.#hosts.add(address, mac, probe)
    this.events.push({ type: 'result', probe, result: { ...result, mac } })
  }

  #fail(probe: string, error: unknown): void {
    if (!this.#options.signal.aborted) this.#count.failed(probe, errorCode(error) ?? 'internal.defect')
  }

  #progressAt = 0

  #progress(probe: string, done: number, total: number): void {
    const now = performance.now()
    if (done < total && now - this.#progressAt < PROGRESS_MS) return
    this.#progressAt = now
    this.events.push({ type: 'progress', probe, done, total, found: this.#hosts.alive.size })
  }

  #context(probe: string, scope: AddressSet, progress: ProbeContext['progress']): ProbeContext {
    const { credentials, signal, now, network, segment } = this.#options
    const guarded = guardNetwork(network, {
      scope: this.#scope,
      link: linkScope(this.#scope.addresses, segment.probes.includes(IPV6_PROBE)),
      pacer: this.#pacer,
      account: this.#course.book.of(probe),
      watch: this.#watch,
      turn: this.#turn,
      signal,
    })
    return {
      scope,
      network: guarded,
      pace: segment.pace,
      credentials,
      signal,
      now,
      alive: this.#hosts.alive,
      asked: (addresses) => this.#count.asked(probe, addresses),
      progress,
      rung: (rung, notChecked) => this.#count.rung(probe, rung, notChecked),
    }
  }
}
