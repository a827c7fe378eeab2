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
import { lastScans } from './summary.ts'

export interface ScanBookOptions {
  db: Database.Database
  now: () => number
  /** Runs a write where there is room, and gives its failures their codes. */
  write: <Result>(work: () => Result) => Result
}

/** Part of the spool. @throws OphavError `spool.full`, `spool.corrupt` from each method that writes */
export class ScanBook {
  readonly #options: ScanBookOptions

  constructor(options: ScanBookOptions) {
    this.#options = options
  }

  recordStart(segment: string, at: number): void {
    const { db, write } = this.#options
    write(() =>
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
    const { db, write } = this.#options
    write(() =>
      db.transaction(() => {
        dropProgress(db, segment, revision)
        db.prepare('UPDATE scan SET ended_at = ? WHERE segment = ?').run(at, segment)
      })(),
    )
  }

  /**
   * Keeps what a scan has done so far. On a full disk the older checkpoint stays, and an interruption costs more.
   * @returns whether it was kept
   */
  save(origin: CheckpointOrigin, checkpoint: Checkpoint): boolean {
    const { db, write, now } = this.#options
    try {
      write(() => saveCheckpoint(db, origin, checkpoint, now()))
      return true
    } catch (error) {
      if (errorCode(error) !== 'spool.full') throw error
      return false
    }
  }

  /** @returns the scan to go on with, or null */
  takeUp(origin: CheckpointOrigin): SavedScan | null {
    const { db, write, now } = this.#options
    return write(() => takeUpProgress(db, origin, now()))
  }

  /** Segments with a scan that was interrupted. */
  unfinished(): string[] {
    return unfinished(this.#options.db)
  }

  /** When each segment's last scan began, in milliseconds since the epoch. */
  lastStarts(): Record<string, number> {
    return lastScans(this.#options.db)
  }
}
