/** The audit trail: every packet that left, in batches, for as long as there is room for it. */
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import type { SentBatch } from '../scan/checkpoint.ts'
import { spoolError } from './open.ts'

/** A busy agent fills it in about half a year; the oldest go first. */
export const MAX_SENT_ROWS = 100_000
/** Rows dropped at once. */
const DROP_ROWS = 1_000

export interface SentOrigin {
  segment: string
  scan: string
  revision: number
}

/** A line of the trail. */
export interface SentRow extends SentOrigin {
  id: number
  probe: string
  /** Where `endedAt` is null: at most so many. */
  packets: number
  /** Null where it is not known. */
  addresses: number | null
  beganAt: number
  /** Null for a batch that a kill cut off. */
  endedAt: number | null
}

const INSERT = `INSERT INTO sent (segment, scan, probe, packets, addresses, began_at, ended_at, revision)
  VALUES (:segment, :scan, :probe, :packets, :addresses, :beganAt, :endedAt, :revision)`

export function insertSent(db: Database.Database, origin: SentOrigin, batch: SentBatch): void {
  const { lastInsertRowid } = db.prepare(INSERT).run({ ...origin, ...batch })
  if (Number(lastInsertRowid) % DROP_ROWS === 0)
    db.prepare('DELETE FROM sent WHERE id <= ?').run(Number(lastInsertRowid) - MAX_SENT_ROWS)
}

export function insertCutOff(
  db: Database.Database,
  origin: SentOrigin,
  { probe, since, atMost }: { probe: string; since: number; atMost: number },
): void {
  db.prepare(INSERT).run({
    ...origin,
    probe,
    packets: atMost,
    addresses: null,
    beganAt: since,
    endedAt: null,
  })
}

/**
 * The newest lines, the oldest of them first.
 * @throws OphavError `spool.corrupt`, `spool.unreadable`
 */
export function readSent(path: string, { limit, segment }: { limit: number; segment?: string }): SentRow[] {
  if (!existsSync(path)) return []
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    try {
      const rows = db
        .prepare<[string | null, string | null, number], SentRow>(
          `SELECT id, segment, scan, revision, probe, packets, addresses, began_at AS beganAt, ended_at AS endedAt
           FROM sent WHERE ? IS NULL OR segment = ? ORDER BY id DESC LIMIT ?`,
        )
        .all(segment ?? null, segment ?? null, limit)
      return rows.toReversed()
    } finally {
      db.close()
    }
  } catch (cause) {
    throw spoolError(cause)
  }
}
