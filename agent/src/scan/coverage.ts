/** What a scan tried and what came of it, counted while it runs: the proof of coverage. */
import {
  parseIpv4,
  type AddressSet,
  type Coverage,
  type NotAttemptedReason,
  type Outcome,
} from '@ophav/shared/value'
import type { ProbeResult } from '../probe/probe.ts'
import { AddressMarks } from './address-marks.ts'
import type { SavedMarks, SavedProbe, SavedScan } from './checkpoint.ts'
import type { LinkCheck } from './link-check.ts'
import { joinNotes } from './note.ts'
import { concludeResult } from './result.ts'

export interface CoverageOptions {
  segment: string
  scope: AddressSet
  /** How many addresses the ranges hold that are excluded. */
  excluded: number
  /** What was counted before an interruption. */
  saved: SavedScan | null
}

export interface ScanEnd {
  scan: string
  startedAt: number
  endedAt: number
  resumed: number
  packetsSent: number
  /** Why the scan ended before its time; null where it did not. */
  stopped: NotAttemptedReason | null
  link: LinkCheck
}

/** The wire's own limits for the texts. */
const MAX_RUNG = 40
const MAX_NOTE = 500

export class CoverageCount {
  readonly #options: CoverageOptions
  readonly #asked: AddressMarks
  readonly #answered: AddressMarks
  readonly #refused: AddressMarks
  readonly #probes = new Map<string, SavedProbe>()
  /** Devices that got fewer packets than they should. */
  readonly #shorted = new Map<NotAttemptedReason, number>()
  #failed = false

  constructor(options: CoverageOptions) {
    const { scope, saved } = options
    this.#options = options
    this.#asked = new AddressMarks(scope, saved?.marks['asked'])
    this.#answered = new AddressMarks(scope, saved?.marks['answered'])
    this.#refused = new AddressMarks(scope, saved?.marks['refused'])
    for (const row of saved?.head.probes ?? [])
      this.#probes.set(row.probe, { ...row, outcomes: { ...row.outcomes } })
    for (const { reason, devices } of saved?.head.notAttempted ?? []) this.#shorted.set(reason, devices)
    this.#failed = saved?.head.failed ?? false
  }

  get hasFailed(): boolean {
    return this.#failed
  }

  begin(probe: string): void {
    if (this.#probes.has(probe)) return
    this.#probes.set(probe, { probe, rung: null, attempted: 0, outcomes: {}, packets: 0, batches: 0 })
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
    if (number === null) return
    // What cannot be read was said by somebody all the same.
    if (outcome === 'answered' || outcome === 'malformed') this.#answered.add(number)
    else if (outcome === 'refused') this.#refused.add(number)
  }

  outcome(probe: string, outcome: Outcome, count = 1): void {
    const { outcomes } = this.#row(probe)
    outcomes[outcome] = (outcomes[outcome] ?? 0) + count
  }

  /** Adds what the probe says about the piece it has just done. */
  rung(probe: string, rung: string | null, notChecked?: string): void {
    const row = this.#row(probe)
    row.rung = rung === null ? row.rung : rung.slice(0, MAX_RUNG)
    const notes = joinNotes(row.notChecked, notChecked)
    if (notes) row.notChecked = notes.slice(0, MAX_NOTE)
  }

  note(probe: string, note: string): void {
    const row = this.#row(probe)
    if (!row.notChecked?.includes(note))
      row.notChecked = `${row.notChecked ? `${row.notChecked}; ` : ''}${note}`.slice(0, MAX_NOTE)
  }

  /** A probe ended with an error: what it has found counts, and the scan is not complete. */
  failed(probe: string, code: string): void {
    this.#failed = true
    this.note(probe, `ended early: ${code}`)
  }

  /** Devices were not asked everything. */
  shorted(reason: NotAttemptedReason, devices = 1): void {
    this.#shorted.set(reason, (this.#shorted.get(reason) ?? 0) + devices)
  }

  sent(probe: string, packets: number): void {
    const row = this.#row(probe)
    row.packets += packets
    row.batches++
  }

  /** Whom a sweep asked and who said nothing in any way has timed out. */
  endSweep(probe: string): void {
    const row = this.#row(probe)
    const heard = Object.values(row.outcomes).reduce((sum, count) => sum + count, 0)
    if (row.attempted > heard) this.outcome(probe, 'timed-out', row.attempted - heard)
  }

  saveMarks(): SavedMarks {
    return {
      asked: this.#asked.toBytes(),
      answered: this.#answered.toBytes(),
      refused: this.#refused.toBytes(),
    }
  }

  /** Changes whenever the marks do. */
  get marked(): number {
    return this.#asked.count + this.#answered.count + this.#refused.count
  }

  saveProbes(): SavedProbe[] {
    return [...this.#probes.values()].map((row) => ({ ...row, outcomes: { ...row.outcomes } }))
  }

  saveShorted(): NonNullable<Coverage['notAttempted']> {
    return [...this.#shorted].map(([reason, devices]) => ({ reason, addresses: 0, devices }))
  }

  end({ scan, startedAt, endedAt, resumed, packetsSent, stopped, link }: ScanEnd): Coverage {
    const { segment, scope, excluded } = this.#options
    const attempted = this.#asked.count
    const own = [...link.own].flatMap((address) => parseIpv4(address) ?? [])
    const heard = this.#answered.count + this.#refused.countWithout(this.#answered)
    const ownHeard = own.filter((address) => this.#answered.has(address) || this.#refused.has(address))
    const concluded = concludeResult({
      heardOthers: heard - ownHeard.length,
      isAllAttempted: attempted === scope.size,
      isLacking: this.#failed || this.#shorted.size > 0,
      isStopped: stopped !== null,
      link,
    })
    const notAttempted = this.#notAttempted(scope.size - attempted, heard, stopped)
    return {
      type: 'coverage',
      segment,
      scan,
      startedAt: new Date(startedAt).toISOString(),
      // The wall clock may have been set back meanwhile.
      endedAt: new Date(Math.max(startedAt, endedAt)).toISOString(),
      complete: concluded.result === 'complete' || concluded.result === 'empty',
      ...concluded,
      inScope: scope.size,
      excluded,
      attempted,
      answered: this.#answered.count,
      refused: this.#refused.countWithout(this.#answered),
      silent: this.#asked.countWithout(this.#answered, this.#refused),
      ...(notAttempted.length > 0 ? { notAttempted } : {}),
      ...(resumed > 0 ? { resumed } : {}),
      packetsSent,
      probes: this.saveProbes(),
    }
  }

  /** Addresses without a packet have one reason: what stopped the scan, else what failed, else a probe's own limit. */
  #notAttempted(addresses: number, heard: number, stopped: NotAttemptedReason | null) {
    const reasons = new Map(
      [...this.#shorted].map(([reason, devices]) => [reason, { addresses: 0, devices }]),
    )
    if (addresses > 0) {
      const reason = stopped ?? (this.#failed ? 'error' : 'cap')
      reasons.set(reason, { addresses, devices: reasons.get(reason)?.devices ?? 0 })
    }
    // A stop between the sweeps and the questions leaves everybody who was heard without them.
    if (stopped !== null && !reasons.has(stopped)) reasons.set(stopped, { addresses: 0, devices: heard })
    return [...reasons].map(([reason, counts]) => ({ reason, ...counts }))
  }

  #row(probe: string): SavedProbe {
    const row = this.#probes.get(probe)
    if (!row) throw new Error(`probe ${probe} has not begun`)
    return row
  }
}
