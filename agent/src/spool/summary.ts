/** What a spool holds, for people: read without disturbing the agent that works with it. */
import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { spoolError } from './open.ts'
import { unfinished } from './scan-progress.ts'

export interface SpoolSummary {
  observations: number
  presences: number
  coverages: number
  /** Cut and signed, not yet acknowledged. */
  batches: number
  /** Entries in those batches. */
  batchEntries: number
  /** Dropped, and not yet told in a coverage. */
  dropped: number
  nextSequence: number
  /** When the collector last answered as it should, in milliseconds since the epoch; null for never. */
  contactedAt: number | null
  /** When it last took a batch. */
  deliveredAt: number | null
  failedAt: number | null
  /** The error code of the last failure since the last contact, or null. */
  failure: string | null
  /** When each segment's last scan began, by segment key. */
  scans: Record<string, number>
  /** Segments with a scan that was interrupted and goes on. */
  unfinished: string[]
}

interface ProgressRow {
  next_sequence: number
  contacted_at: number | null
  delivered_at: number | null
  failed_at: number | null
  failure: string | null
}

export function summarise(db: Database.Database): SpoolSummary {
  const byType = new Map(
    db
      .prepare<[], { type: string; count: number }>('SELECT type, count(*) AS count FROM entry GROUP BY type')
      .all()
      .map((row) => [row.type, row.count]),
  )
  const batches = db
    .prepare<[], { count: number; entries: number }>(
      'SELECT count(*) AS count, coalesce(sum(entries), 0) AS entries FROM batch',
    )
    .get()
  const progress = db.prepare<[], ProgressRow>('SELECT * FROM progress').get()
  return {
    observations: byType.get('observation') ?? 0,
    presences: byType.get('presence') ?? 0,
    coverages: byType.get('coverage') ?? 0,
    batches: batches?.count ?? 0,
    batchEntries: batches?.entries ?? 0,
    dropped: db.prepare<[], number>('SELECT coalesce(sum(count), 0) FROM dropped').pluck().get() ?? 0,
    nextSequence: progress?.next_sequence ?? 1,
    contactedAt: progress?.contacted_at ?? null,
    deliveredAt: progress?.delivered_at ?? null,
    failedAt: progress?.failed_at ?? null,
    failure: progress?.failure ?? null,
    scans: lastScans(db),
    unfinished: hasTable(db, 'scan_progress') ? unfinished(db) : [],
  }
}

/** When each segment's last scan began, by segment key. */
export function lastScans(db: Database.Database): Record<string, number> {
  const rows = db
    .prepare<[], { segment: string; started_at: number }>('SELECT segment, started_at FROM scan')
    .all()
  return Object.fromEntries(rows.map((row) => [row.segment, row.started_at]))
}

/**
 * @returns null when there is no spool yet.
 * @throws OphavError `spool.corrupt`, `spool.unreadable`
 */
export function readSpoolSummary(path: string): SpoolSummary | null {
  if (!existsSync(path)) return null
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true })
    try {
      return summarise(db)
    } finally {
      db.close()
    }
  } catch (cause) {
    throw spoolError(cause)
  }
}

/** A spool that an older program left behind is read as it is. */
const hasTable = (db: Database.Database, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined
