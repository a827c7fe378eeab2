/** What a scan tried and what came of it, counted while it runs: the proof of coverage. */
import { parseIpv4, type AddressSet, type Coverage, type Outcome } from '@ophav/shared/value'
import type { ProbeResult } from '../probe/probe.ts'

type ProbeCoverage = Coverage['probes'][number]

/** A subset of the scope, one bit for each address: a /16 takes 8 kB. */
class Marks {
  readonly #scope: AddressSet
  readonly #offsets: number[] = []
  readonly #bits: Uint8Array
  count = 0

  constructor(scope: AddressSet) {
    this.#scope = scope
    let size = 0
    for (const [first, last] of scope.ranges) {
      this.#offsets.push(size)
      size += last - first + 1
    }
    this.#bits = new Uint8Array(Math.ceil(size / 8))
  }

  /** @returns whether the address is in scope and was not marked before */
  add(address: number): boolean {
    const at = this.#scope.ranges.findIndex(([first, last]) => address >= first && address <= last)
    if (at < 0) return false
    const position = (this.#offsets[at] ?? 0) + address - (this.#scope.ranges[at]?.[0] ?? 0)
    const bit = 1 << (position & 7)
    const octet = this.#bits[position >>> 3] ?? 0
    if ((octet & bit) !== 0) return false
    this.#bits[position >>> 3] = octet | bit
    this.count++
    return true
  }
}

export interface CoverageOptions {
  segment: string
  scope: AddressSet
  /** How many addresses the ranges hold that are excluded. */
  excluded: number
  startedAt: number
}

/** The wire's own limits for the texts. */
const MAX_RUNG = 40
const MAX_NOTE = 500

export class CoverageCount {
  readonly #options: CoverageOptions
  readonly #asked: Marks
  readonly #answered: Marks
  readonly #probes = new Map<string, ProbeCoverage>()
  #failed = false

  constructor(options: CoverageOptions) {
    this.#options = options
    this.#asked = new Marks(options.scope)
    this.#answered = new Marks(options.scope)
  }

  begin(probe: string): void {
    this.#probes.set(probe, { probe, rung: null, attempted: 0, outcomes: {} })
  }

  /** Addresses that got their first packet from this probe. */
  asked(probe: string, addresses: Iterable<number>): void {
    const row = this.#row(probe)
    for (const address of addresses) {
      row.attempted++
      this.#asked.add(address)
    }
  }

  result(probe: string, { address, outcome }: ProbeResult): void {
    this.outcome(probe, outcome)
    const number = address === null ? null : parseIpv4(address)
    if (outcome === 'answered' && number !== null) this.#answered.add(number)
  }

  outcome(probe: string, outcome: Outcome, count = 1): void {
    const { outcomes } = this.#row(probe)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + count
  }

  rung(probe: string, rung: string | null, notChecked?: string): void {
    const row = this.#row(probe)
    row.rung = rung === null ? null : rung.slice(0, MAX_RUNG)
    if (notChecked) row.notChecked = notChecked.slice(0, MAX_NOTE)
  }

  /** A probe ended with an error: what it has found counts, and the scan is not complete. */
  failed(probe: string, code: string): void {
    this.#failed = true
    const row = this.#row(probe)
    row.notChecked = `${row.notChecked ? `${row.notChecked}; ` : ''}ended early: ${code}`.slice(0, MAX_NOTE)
  }

  /** Whom a sweep asked and who said nothing in any way has timed out. */
  endSweep(probe: string): void {
    const row = this.#row(probe)
    const heard = Object.values(row.outcomes).reduce((sum, count) => sum + count, 0)
    if (row.attempted > heard) this.outcome(probe, 'timed-out', row.attempted - heard)
  }

  /** Complete is a scan that asked every address of the scope, by one sweep or another, and was not stopped. */
  end(endedAt: number, isStopped: boolean, packetsSent: number): Coverage {
    const { segment, scope, excluded, startedAt } = this.#options
    const attempted = this.#asked.count
    return {
      type: 'coverage',
      segment,
      scan: 'scan',
      startedAt: new Date(startedAt).toISOString(),
      // The wall clock may have been set back meanwhile.
      endedAt: new Date(Math.max(startedAt, endedAt)).toISOString(),
      complete: !isStopped && !this.#failed && attempted === scope.size,
      inScope: scope.size,
      excluded,
      attempted,
      answered: this.#answered.count,
      packetsSent,
      probes: [...this.#probes.values()],
    }
  }

  #row(probe: string): ProbeCoverage {
    const row = this.#probes.get(probe)
    if (!row) throw new Error(`probe ${probe} has not begun`)
    return row
  }
}
