/** Runs a segment's probes: sweeps find who lives, then each device is asked; every packet guarded, paced, counted. */
import { setMaxListeners } from 'node:events'
import {
  AddressSet,
  errorCode,
  parseIpv4,
  type Mac,
  type PolicySegment,
  type SnmpCredential,
} from '@ophav/shared/value'
import PQueue from 'p-queue'
import { guardNetwork } from '../net/guarded-network.ts'
import type { Network } from '../net/network.ts'
import type { AskProbe, Probe, ProbeContext, ProbeResult, SweepProbe } from '../probe/probe.ts'
import { CoverageCount } from './coverage.ts'
import { EventQueue } from './event-queue.ts'
import type { ScanEvent } from './event.ts'
import { createPacer } from './pace.ts'
import { shuffled } from './random-order.ts'
import { approvedScope } from './scope.ts'

export interface ScanOptions {
  segment: PolicySegment
  credentials: readonly SnmpCredential[]
  network: Network
  /** In the order in which they are to run: the cheapest question first. */
  probes: readonly Probe[]
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  now: () => number
}

/** Progress more often than this is noise. */
const PROGRESS_MS = 100

/** @throws OphavError `address.invalid-range`; a probe's error ends that probe alone and stands in the coverage */
export async function* scanSegment(options: ScanOptions): AsyncGenerator<ScanEvent> {
  const scan = new Scan(options)
  const events = scan.events.during(scan.run())
  yield* events
  yield { type: 'end', coverage: scan.coverage() }
}

class Scan {
  readonly events = new EventQueue<ScanEvent>()
  readonly #options: ScanOptions
  readonly #scope: AddressSet
  readonly #meter = { total: 0, refused: 0 }
  readonly #network: Network
  readonly #count: CoverageCount
  /** Who lives, and the MAC where it is known. */
  readonly #alive = new Map<string, Mac | null>()
  /** Addresses that a probe had an answer or a refusal from. */
  readonly #heard = new Map<string, Set<string>>()

  constructor(options: ScanOptions) {
    const { segment, signal, now } = options
    const scope = approvedScope(segment.ranges, segment.exclusions)
    this.#options = options
    // Every question that is open listens for the end.
    setMaxListeners(0, signal)
    this.#scope = scope.addresses
    this.#network = guardNetwork(options.network, scope, createPacer(segment.pace, signal), this.#meter)
    this.#count = new CoverageCount({
      segment: segment.key,
      scope: scope.addresses,
      excluded: AddressSet.parse(segment.ranges).size - scope.addresses.size,
      startedAt: now(),
    })
  }

  async run(): Promise<void> {
    const { probes, segment } = this.#options
    const chosen = probes.filter(({ name }) => segment.probes.includes(name))
    for (const probe of chosen) if (probe.kind === 'sweep') await this.#sweep(probe)
    await this.#askAll(chosen.filter((probe) => probe.kind === 'ask'))
  }

  coverage() {
    const { now, signal } = this.#options
    return this.#count.end(now(), signal.aborted, this.#meter.total)
  }

  async #sweep(probe: SweepProbe): Promise<void> {
    const { name, title } = probe
    if (this.#options.signal.aborted) return
    this.#count.begin(name)
    this.events.push({ type: 'phase', probe: name, title, attempts: null })
    try {
      for await (const result of probe.sweep(this.#context(name))) this.#accept(name, result)
    } catch (error) {
      this.#fail(name, error)
    }
    this.#count.endSweep(name)
  }

  /** Each device hears one probe after the other; several devices are asked at a time. */
  async #askAll(probes: readonly AskProbe[]): Promise<void> {
    const { signal, segment } = this.#options
    if (probes.length === 0 || this.#alive.size === 0 || signal.aborted) return
    const addresses = [...this.#alive.keys()]
    const order = [...shuffled(addresses.keys())].map((at) => addresses[at] ?? '')
    const total = order.length
    for (const { name } of probes) this.#count.begin(name)
    const label = probes.map(({ title }) => title).join('; ')
    this.events.push({ type: 'phase', probe: 'ask', title: label, attempts: total })
    const contexts = new Map(probes.map(({ name }) => [name, this.#context(name)]))
    const queue = new PQueue({ concurrency: segment.pace.concurrentDevices })
    let done = 0
    await queue.addAll(
      order.map((address) => async () => {
        for (const probe of probes) {
          const context = contexts.get(probe.name)
          if (context && this.#isFor(probe, address)) await this.#ask(probe, address, context)
        }
        this.#progress('ask', ++done, total)
      }),
    )
  }

  /** A probe may leave alone those that a sweep has found silent, or has heard already. */
  #isFor({ after, unless }: AskProbe, address: string): boolean {
    if (unless !== undefined && this.#heard.get(unless)?.has(address)) return false
    return after === undefined || this.#heard.get(after)?.has(address) !== false
  }

  async #ask(probe: AskProbe, address: string, context: ProbeContext): Promise<void> {
    const { signal } = this.#options
    if (signal.aborted) return this.#count.outcome(probe.name, 'not-attempted')
    this.#count.asked(probe.name, [parseIpv4(address) ?? 0])
    try {
      this.#accept(probe.name, await probe.ask(address, context))
    } catch (error) {
      this.#count.outcome(probe.name, 'not-attempted')
      this.#fail(probe.name, error)
    }
  }

  #accept(probe: string, result: ProbeResult): void {
    const { address } = result
    const number = address === null ? null : parseIpv4(address)
    // Calls to a group are answered by everybody: what lies outside the scope is not this scan's business.
    if (number !== null && !this.#scope.has(number)) return
    this.#count.result(probe, result)
    const mac = result.mac ?? (address === null ? null : (this.#alive.get(address) ?? null))
    if (address !== null && (result.outcome === 'answered' || result.outcome === 'refused')) {
      if (!this.#alive.get(address)) this.#alive.set(address, mac)
      this.#heardBy(probe).add(address)
    }
    this.events.push({ type: 'result', probe, result: { ...result, mac } })
  }

  #heardBy(probe: string): Set<string> {
    const heard = this.#heard.get(probe) ?? new Set()
    this.#heard.set(probe, heard)
    return heard
  }

  #fail(probe: string, error: unknown): void {
    if (!this.#options.signal.aborted) this.#count.failed(probe, errorCode(error) ?? 'internal.defect')
  }

  #progressAt = 0

  #progress(probe: string, done: number, total: number): void {
    const now = performance.now()
    if (done < total && now - this.#progressAt < PROGRESS_MS) return
    this.#progressAt = now
    this.events.push({ type: 'progress', probe, done, total, found: this.#alive.size })
  }

  #context(probe: string): ProbeContext {
    const { credentials, signal, now } = this.#options
    if (!this.#heard.has(probe)) this.#heard.set(probe, new Set())
    return {
      scope: this.#scope,
      network: this.#network,
      credentials,
      signal,
      now,
      alive: this.#alive,
      asked: (addresses) => this.#count.asked(probe, addresses),
      progress: (done, total) => this.#progress(probe, done, total),
      rung: (rung, notChecked) => this.#count.rung(probe, rung, notChecked),
    }
  }
}
