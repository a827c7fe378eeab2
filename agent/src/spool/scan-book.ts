/** Where each segment's scans are: begun, ended, or interrupted with something to go on with. */
import type Database from 'better-sqlite3'
import { errorCode } from '@ophav/shared'
import type { Checkpoint, SavedScan } from '../scan/checkpoint.ts'
import {
  dropProgress,
  saveCheckpoint,
  takeUpProgress,
  unfinished,
  type CheckpointOrigin,
} from './scan-progress.ts'
import { insertSent } from './sent.ts'
import { lastScans } from './summary.ts'

export interface ScanBookOptions {
  db: Database.Database
  now: () => number
  /** Runs a write where there is room, and gives its failures their codes. */
  write: <Result>(work: () => Result) => Result
}

/**
 * Part of the spool. A full disk ends no scan: what could not be written is remembered, and written with what follows.
 * @throws OphavError `spool.corrupt` from each method that writes
 */
export class ScanBook {
  readonly #options: ScanBookOptions
  /** Starts and ends of this process, whether or not the disk had room for them. */
  readonly #starts = new Map<string, number>()
  readonly #ended = new Set<string>()
  /** Parts of checkpoints that the disk had no room for. */
  readonly #unsaved = new Map<string, Checkpoint>()

  constructor(options: ScanBookOptions) {
    this.#options = options
  }

  recordStart(segment: string, at: number): void {
    const { db } = this.#options
    this.#starts.set(segment, at)
    this.#ended.delete(segment)
    this.#unsaved.delete(segment)
    this.#write(() =>
      db
        .prepare(
          `INSERT INTO scan (segment, started_at) VALUES (?, ?)
           ON CONFLICT DO UPDATE SET started_at = excluded.started_at, ended_at = NULL`,
        )
        .run(segment, at),
    )
  }

  /** The scan is over: there is nothing to go on with. */
  recordEnd(segment: string, at: number, revision: number): void {
    const { db } = this.#options
    this.#ended.add(segment)
    this.#write(() =>
      db.transaction(() => {
        const left = this.#unsaved.get(segment)
        for (const batch of left?.sent ?? [])
          insertSent(db, { segment, scan: left?.head.scan ?? '', revision }, batch)
        dropProgress(db, segment, revision)
        db.prepare('UPDATE scan SET ended_at = ? WHERE segment = ?').run(at, segment)
      })(),
    )
    this.#unsaved.delete(segment)
  }

  /**
   * Keeps what a scan has done so far. On a full disk the older checkpoint stays, and an interruption costs more.
   * @returns whether it was kept
   */
  save(origin: CheckpointOrigin, checkpoint: Checkpoint): boolean {
    const { db, now } = this.#options
    const { segment } = origin
    const whole = joined(this.#unsaved.get(segment), checkpoint)
    const isKept = this.#write(() => saveCheckpoint(db, origin, whole, now()))
    if (isKept) this.#unsaved.delete(segment)
    else this.#unsaved.set(segment, whole)
    return isKept
  }

  /** @returns the scan to go on with, or null */
  takeUp(origin: CheckpointOrigin): SavedScan | null {
    const { db, now } = this.#options
    let saved: SavedScan | null = null
    if (!this.#ended.has(origin.segment)) this.#write(() => void (saved = takeUpProgress(db, origin, now())))
    return saved
  }

  /** Segments with a scan that was interrupted. */
  unfinished(): string[] {
    return unfinished(this.#options.db).filter((segment) => !this.#ended.has(segment))
  }

  /** When each segment's last scan began, in milliseconds since the epoch. */
  lastStarts(): Record<string, number> {
    return { ...lastScans(this.#options.db), ...Object.fromEntries(this.#starts) }
  }

  /** @returns false where the disk is full */
  #write(work: () => unknown): boolean {
    try {
      this.#options.write(work)
      return true
    } catch (error) {
      if (errorCode(error) !== 'spool.full') throw error
      return false
    }
  }
}

function joined(earlier: Checkpoint | undefined, { head, marks, hosts, sent }: Checkpoint): Checkpoint {
  if (!earlier) return { head, marks, hosts, sent }
  const latest = new Map([...earlier.hosts, ...hosts].map((host) => [host.address, host]))
  return {
    head,
    marks: marks ?? earlier.marks,
    hosts: [...latest.values()],
    sent: [...earlier.sent, ...sent],
  }
}
