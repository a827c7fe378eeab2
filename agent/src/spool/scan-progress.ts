/** What is kept of running scans: written at each checkpoint, read after an interruption. */
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import type { Checkpoint, SavedHost, SavedMarks, SavedScan, ScanHead } from '../scan/checkpoint.ts'
import { insertCutOff, insertSent } from './sent.ts'

/** An older scan says too little about today; it begins anew. A clock that jumped may cost as much, and no more. */
const MAX_AGE_MS = 7 * 86_400_000

/** A scan that was taken up so often and came no further is what ends the agent: it is given up. */
const MAX_STUCK = 3

interface ProgressRow {
  scope: string
  head: string
  marks: Buffer | null
  saved_at: number
  stuck: number
}

interface HostRow {
  address: string
  mac: string | null
  heard: string
  asked: number
}

/** Which scan a checkpoint belongs to. */
export interface CheckpointOrigin {
  segment: string
  /** A digest of what is scanned: addresses and probes. */
  scope: string
  /** Of the policy in force. */
  revision: number
}

export function saveCheckpoint(
  db: Database.Database,
  { segment, scope, revision }: CheckpointOrigin,
  { head, marks, hosts, sent }: Checkpoint,
  now: number,
): void {
  db.transaction(() => {
    const packed = marks && packMarks(marks)
    const before = db
      .prepare<[string], { scope: string; head: string }>(
        'SELECT scope, head FROM scan_progress WHERE segment = ?',
      )
      .get(segment)
    if (before && (before.scope !== scope || (JSON.parse(before.head) as ScanHead).scan !== head.scan))
      dropProgress(db, segment, revision)
    db.prepare(
      `INSERT INTO scan_progress (segment, scope, head, marks, saved_at) VALUES (:segment, :scope, :head, :marks, :now)
       ON CONFLICT DO UPDATE SET head = excluded.head, marks = coalesce(excluded.marks, marks),
         saved_at = excluded.saved_at, stuck = CASE WHEN :isFurther THEN 0 ELSE stuck END`,
    ).run({
      segment,
      scope,
      head: JSON.stringify(head),
      marks: packed,
      now,
      isFurther: sent.length > 0 ? 1 : 0,
    })
    const put = db.prepare(
      `INSERT INTO scan_host VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET mac = excluded.mac, heard = excluded.heard, asked = excluded.asked`,
    )
    for (const { address, mac, heard, isAsked } of hosts)
      put.run(segment, address, mac, heard.join(' '), isAsked ? 1 : 0)
    for (const batch of sent) insertSent(db, { segment, scan: head.scan, revision }, batch)
  })()
}

/**
 * Takes up what was kept of the segment's scan, and books the packets of which a kill left no count.
 * @returns null where there is nothing to go on with: none, another scope, too old, or given up
 */
export function takeUpProgress(
  db: Database.Database,
  { segment, scope, revision }: CheckpointOrigin,
  now: number,
): SavedScan | null {
  const row = db
    .prepare<[string], ProgressRow>(
      'SELECT scope, head, marks, saved_at, stuck FROM scan_progress WHERE segment = ?',
    )
    .get(segment)
  if (!row) return null
  const head = JSON.parse(row.head) as ScanHead
  const isUsable = row.scope === scope && now - row.saved_at < MAX_AGE_MS && row.stuck < MAX_STUCK
  return db.transaction(() => {
    if (!isUsable) {
      dropProgress(db, segment, revision)
      return null
    }
    if (head.sending) insertCutOff(db, { segment, scan: head.scan, revision }, head.sending)
    const taken: ScanHead = { ...head, sending: null }
    db.prepare('UPDATE scan_progress SET stuck = stuck + 1, head = ? WHERE segment = ?').run(
      JSON.stringify(taken),
      segment,
    )
    return { head: taken, marks: row.marks ? unpackMarks(row.marks) : {}, hosts: readHosts(db, segment) }
  })()
}

/** Forgets the scan's progress. */
export function dropProgress(db: Database.Database, segment: string, revision: number): void {
  const text = db
    .prepare<[string], string>('SELECT head FROM scan_progress WHERE segment = ?')
    .pluck()
    .get(segment)
  const head = text === undefined ? null : (JSON.parse(text) as ScanHead)
  if (head?.sending) insertCutOff(db, { segment, scan: head.scan, revision }, head.sending)
  db.prepare('DELETE FROM scan_progress WHERE segment = ?').run(segment)
  db.prepare('DELETE FROM scan_host WHERE segment = ?').run(segment)
}

/** Segments with a scan that has not ended. */
export const unfinished = (db: Database.Database): string[] =>
  db.prepare<[], string>('SELECT segment FROM scan_progress').pluck().all()

function readHosts(db: Database.Database, segment: string): SavedHost[] {
  const rows = db
    .prepare<[string], HostRow>('SELECT address, mac, heard, asked FROM scan_host WHERE segment = ?')
    .all(segment)
  return rows.map(({ address, mac, heard, asked }) => ({
    address,
    mac,
    heard: heard.split(' ').filter(Boolean),
    isAsked: asked === 1,
  }))
}

/** A scan early on has hardly any bits set: they pack to almost nothing. */
function packMarks(marks: SavedMarks): Buffer {
  const texts = Object.entries(marks).map(([name, bits]) => [name, Buffer.from(bits).toString('base64')])
  return deflateRawSync(JSON.stringify(Object.fromEntries(texts)))
}

function unpackMarks(packed: Buffer): SavedMarks {
  const texts = JSON.parse(inflateRawSync(packed).toString('utf8')) as Record<string, string>
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text, 'base64')]))
}
