/** The spool: everything that an agent has seen and the collector has not acknowledged, on disk. */
import type Database from 'better-sqlite3'
import { errorCode, OphavError, type Coverage } from '@ophav/shared'
import { prepareAppend, type Appended, type ScanOrigin, type Sighting } from './append.ts'
import { countDropped, drop, measure, type DropCount } from './bound.ts'
import { appendCoverage } from './coverage.ts'
import { isTelling } from './entry.ts'
import { openSpoolFile, spoolError } from './open.ts'
import { cutBatch, renumber, storedBatch, withdraw, type Sealer, type StoredBatch } from './outbox.ts'
import { limitGrowth } from './room.ts'
import { ScanBook } from './scan-book.ts'
import { summarise, type SpoolSummary } from './summary.ts'

/** Holds about a million sightings: weeks of a busy segment without a collector. */
export const DEFAULT_SPOOL_BYTES = 256 * 1024 * 1024

/** How much is dropped at once when the limit is reached, as a part of it: not a little at every burst. */
const DROP_PART = 0.1

/** The file may be this many times as large as the entries: they, the batches, and a row for each known subject. */
const FILE_FACTOR = 3

export interface SpoolOptions {
  path: string
  sealer: Sealer
  /** Of the entries that wait. */
  maxBytes?: number
  /** Of the file, with what it knows of each subject; beyond it the spool acts as on a full disk. */
  maxFileBytes?: number
  /** Hears what had to be dropped, as it happens. */
  onDropped?: (count: DropCount) => void
}

/**
 * One process at a time opens a spool for writing; the state directory's lock sees to it. Every method that writes
 * is one transaction.
 */
export class Spool implements Disposable {
  /** Where a damaged spool was set aside when this one was opened, or null. */
  readonly setAside: string | null
  /** Where scans are, and what is kept of those that run. */
  readonly scans: ScanBook
  readonly #db: Database.Database
  readonly #path: string
  readonly #maxFileBytes: number
  readonly #sealer: Sealer
  readonly #maxBytes: number
  readonly #onDropped: (count: DropCount) => void
  readonly #append: (origin: ScanOrigin, burst: readonly Sighting[]) => Appended
  readonly #listeners = new Set<() => void>()
  #bytes: number
  /** Sightings that could not be written, by segment and then probe, until the disk has room to count them. */
  readonly #unwritten = new Map<string, Map<string, number>>()

  /** @throws OphavError `spool.unreadable`, `spool.full`, `store.newer` */
  constructor(options: SpoolOptions) {
    const { path, sealer, maxBytes = DEFAULT_SPOOL_BYTES, onDropped = () => {} } = options
    const { db, setAside } = openSpoolFile(path)
    this.#db = db
    this.#path = path
    this.#maxFileBytes = options.maxFileBytes ?? maxBytes * FILE_FACTOR
    this.setAside = setAside
    this.#sealer = sealer
    this.#maxBytes = maxBytes
    this.#onDropped = onDropped
    this.#append = prepareAppend(db)
    this.scans = new ScanBook({
      db,
      now: () => sealer.now(),
      write: (work) => this.#withRoom(work),
    })
    this.#adopt()
    this.#bytes = measure(db)
  }

  /**
   * Ties the spool to its agent. A new spool of a new agent counts from one; after a damaged one nobody here knows
   * the next number, so it starts beyond any that can have been used: the collector answers which one it expects.
   */
  #adopt(): void {
    const owner = this.#db.prepare<[], string>('SELECT agent FROM progress').pluck().get()
    if (owner === this.#sealer.agent) return
    if (owner !== undefined) return renumber(this.#db, this.#sealer, 1)
    const first = this.setAside === null ? 1 : this.#sealer.now()
    this.#db
      .prepare('INSERT INTO progress (one, agent, next_sequence) VALUES (1, ?, ?)')
      .run(this.#sealer.agent, first)
  }

  /**
   * Appends a burst of results. A full disk costs this burst and not the scan: it is counted, told in the next
   * coverage, and told again by the next scan.
   * @throws OphavError `spool.corrupt`
   */
  append(origin: ScanOrigin, burst: readonly Sighting[]): Appended {
    try {
      const appended = this.#withRoom(() => {
        this.#countUnwritten()
        return this.#append(origin, burst)
      })
      this.#grow(appended.bytes)
      return appended
    } catch (error) {
      if (errorCode(error) !== 'spool.full') throw error
      this.#onDropped({ observation: this.#noteUnwritten(origin, burst), presence: 0, table: 0, coverage: 0 })
      return { observations: 0, presences: 0, bytes: 0 }
    }
  }

  /**
   * @param scan under which the scan's sightings were appended
   * @throws OphavError `spool.full`, `spool.corrupt`
   */
  appendCoverage(coverage: Coverage, scan = coverage.scan): void {
    this.#grow(
      this.#withRoom(() => {
        this.#countUnwritten()
        return appendCoverage(this.#db, coverage, scan)
      }),
    )
  }

  /** The batch to be sent now: the one that is not acknowledged, else a new one; null when nothing waits. */
  nextBatch(): StoredBatch | null {
    return this.#withRoom(() => {
      const stored = storedBatch(this.#db)
      if (stored) return stored
      const cut = cutBatch(this.#db, this.#sealer)
      this.#bytes -= cut?.bytes ?? 0
      return cut?.batch ?? null
    })
  }

  /** The collector has everything up to this number. */
  acknowledge(sequence: number): void {
    const now = this.#sealer.now()
    this.#withRoom(() =>
      this.#db.transaction(() => {
        this.#db.prepare('DELETE FROM batch WHERE sequence <= ?').run(sequence)
        this.#db.prepare('UPDATE progress SET delivered_at = ?').run(now)
        this.#setContact(now)
      })(),
    )
  }

  /** Notes that the collector answered as it should. */
  recordContact(): void {
    this.#coded(() => this.#setContact(this.#sealer.now()))
  }

  /** Gives what waits the number that the collector expects; everything is told in full again from now on. */
  renumber(from: number): void {
    this.#coded(() => renumber(this.#db, this.#sealer, from))
  }

  /** Takes back what speaks of this segment. @returns how many entries that were. */
  withdraw(segment: string): number {
    const { entries, bytes } = this.#coded(() => withdraw(this.#db, this.#sealer, segment))
    this.#bytes -= bytes
    return entries
  }

  /** Keeps the code of a failed request, for `status`. */
  recordFailure(code: string): void {
    this.#coded(() =>
      this.#db.prepare('UPDATE progress SET failed_at = ?, failure = ?').run(this.#sealer.now(), code),
    )
  }

  summary(): SpoolSummary {
    return this.#coded(() => summarise(this.#db))
  }

  /** Whether a batch is cut and not acknowledged. */
  hasBatch(): boolean {
    return this.#coded(() => this.#db.prepare('SELECT 1 FROM batch LIMIT 1').get() !== undefined)
  }

  /** Whether anything waits to be delivered. */
  hasWork(): boolean {
    return this.hasBatch() || this.holds(1)
  }

  /** Whether at least `count` entries wait to be cut. */
  holds(count: number): boolean {
    return this.#coded(
      () => this.#db.prepare('SELECT 1 FROM entry LIMIT 1 OFFSET ?').get(count - 1) !== undefined,
    )
  }

  /** Calls back after each append. @returns how to stop it. */
  onAppend(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#db.close()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  #setContact(at: number): void {
    this.#db.prepare('UPDATE progress SET contacted_at = ?, failed_at = NULL, failure = NULL').run(at)
  }

  #grow(bytes: number): void {
    this.#bytes += bytes
    if (this.#bytes > this.#maxBytes) this.#drop(this.#bytes - this.#maxBytes + this.#maxBytes * DROP_PART)
    if (bytes > 0) for (const listener of this.#listeners) listener()
  }

  #drop(bytes: number): number {
    const { freed, count } = this.#coded(() => drop(this.#db, bytes))
    this.#bytes -= freed
    if (freed > 0) this.#onDropped(count)
    return freed
  }

  /** Where there is no room, the oldest entries make some inside the file, once. */
  #withRoom<Result>(write: () => Result): Result {
    this.#coded(() => limitGrowth(this.#db, this.#path, this.#maxFileBytes))
    try {
      return this.#coded(write)
    } catch (error) {
      if (errorCode(error) !== 'spool.full' || this.#drop(this.#bytes * DROP_PART) === 0) throw error
      return this.#coded(write)
    }
  }

  /** @returns how many sightings these are. */
  #noteUnwritten({ segment }: ScanOrigin, burst: readonly Sighting[]): number {
    const counts = this.#unwritten.get(segment) ?? new Map<string, number>()
    this.#unwritten.set(segment, counts)
    const lost = burst.filter(({ result }) => isTelling(result))
    for (const { probe } of lost) counts.set(probe, (counts.get(probe) ?? 0) + 1)
    return lost.length
  }

  #countUnwritten(): void {
    if (this.#unwritten.size === 0) return
    this.#db.transaction(() => {
      for (const [segment, counts] of this.#unwritten)
        for (const [probe, count] of counts) countDropped(this.#db, segment, probe, count)
    })()
    this.#unwritten.clear()
  }

  #coded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (cause) {
      const error = spoolError(cause)
      throw error instanceof OphavError ? error : cause
    }
  }
}
