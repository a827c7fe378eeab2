/** Batches: cut from the queue, numbered and signed once, kept until the collector has them. */
import { gunzipSync, gzipSync } from 'node:zlib'
import type Database from 'better-sqlite3'
import { MAX_ENTRIES, peekEnvelope, type Batch, type Entry, type Envelope } from '@ophav/shared'
import { ENTRY_SIZE_SQL, entrySize } from './append.ts'

/** Who signs, and how. */
export interface Sealer {
  agent: string
  seal(batch: Batch): Envelope
  now(): number
}

/** A batch as it goes over the wire: an envelope in JSON, gzip. */
export interface StoredBatch {
  sequence: number
  entries: number
  body: Buffer
}

/** Where a batch is cut before it has all the entries it may: a slow line should not repeat much. */
const MAX_CUT_BYTES = 2 * 1024 * 1024

interface QueuedEntry {
  id: number
  body: string
}

export const storedBatch = (db: Database.Database): StoredBatch | null =>
  db.prepare<[], StoredBatch>('SELECT sequence, entries, body FROM batch ORDER BY sequence LIMIT 1').get() ??
  null

/**
 * Moves the oldest entries into a new batch. The number is spent in the same transaction as the signed bytes are
 * stored, so no crash can put other content under it.
 * @returns the batch and what the queue shrank by, or null when nothing waits.
 */
export function cutBatch(
  db: Database.Database,
  sealer: Sealer,
): { batch: StoredBatch; bytes: number } | null {
  return db.transaction(() => {
    const queued = db
      .prepare<[number], QueuedEntry>('SELECT id, body FROM entry ORDER BY id LIMIT ?')
      .all(MAX_ENTRIES)
    const entries: Entry[] = []
    let bytes = 0
    let last = 0
    for (const { id, body } of queued) {
      const size = entrySize(body)
      if (entries.length > 0 && bytes + size > MAX_CUT_BYTES) break
      entries.push(JSON.parse(body) as Entry)
      bytes += size
      last = id
    }
    if (entries.length === 0) return null
    const sequence = nextSequence(db)
    const batch = encode(sealer, sequence, entries)
    // In this order the batch finds its room where the entries were, on a full disk too.
    db.prepare('DELETE FROM entry WHERE id <= ?').run(last)
    store(db, batch)
    db.prepare('UPDATE progress SET next_sequence = ?').run(sequence + 1)
    return { batch, bytes }
  })()
}

/**
 * Gives the stored batches new numbers from `from` on, signed anew, and forgets what the collector knew. For a
 * collector that was restored from a backup, and for an agent that was enrolled again.
 */
export function renumber(db: Database.Database, sealer: Sealer, from: number): void {
  db.transaction(() => {
    const contents = storedContents(db)
    db.exec('DELETE FROM batch; DELETE FROM known')
    let sequence = from
    for (const entries of contents) store(db, encode(sealer, sequence++, entries))
    db.prepare('UPDATE progress SET agent = ?, next_sequence = ?').run(sealer.agent, sequence)
  })()
}

/**
 * Takes back what speaks of a segment that the agent is no longer bound to: the collector has refused it whole, and
 * would do so for ever.
 * @returns how many entries were taken back, and what the queue shrank by.
 */
export function withdraw(
  db: Database.Database,
  sealer: Sealer,
  segment: string,
): { entries: number; bytes: number } {
  return db.transaction(() => {
    const contents = storedContents(db)
    const kept = contents.map((entries) => entries.filter((entry) => entry.segment !== segment))
    let sequence = storedBatch(db)?.sequence ?? nextSequence(db)
    db.exec('DELETE FROM batch')
    for (const entries of kept) if (entries.length > 0) store(db, encode(sealer, sequence++, entries))
    db.prepare('UPDATE progress SET next_sequence = ?').run(sequence)

    const queued = db
      .prepare<[string], { entries: number; bytes: number }>(
        `SELECT count(*) AS entries, coalesce(sum(${ENTRY_SIZE_SQL}), 0) AS bytes FROM entry WHERE segment = ?`,
      )
      .get(segment) ?? { entries: 0, bytes: 0 }
    db.prepare('DELETE FROM entry WHERE segment = ?').run(segment)
    db.prepare('DELETE FROM known WHERE segment = ?').run(segment)
    const taken = contents.flat().length - kept.flat().length
    return { entries: taken + queued.entries, bytes: queued.bytes }
  })()
}

const nextSequence = (db: Database.Database): number =>
  db.prepare<[], number>('SELECT next_sequence FROM progress').pluck().get() ?? 1

function storedContents(db: Database.Database): Entry[][] {
  const bodies = db.prepare<[], Buffer>('SELECT body FROM batch ORDER BY sequence').pluck().all()
  return bodies.map((body) => {
    const envelope = JSON.parse(gunzipSync(body).toString('utf8')) as Envelope
    return (peekEnvelope(envelope) as Batch).entries
  })
}

function encode(sealer: Sealer, sequence: number, entries: Entry[]): StoredBatch {
  const createdAt = new Date(sealer.now()).toISOString()
  const envelope = sealer.seal({ agent: sealer.agent, sequence, createdAt, entries })
  return { sequence, entries: entries.length, body: gzipSync(JSON.stringify(envelope)) }
}

function store(db: Database.Database, batch: StoredBatch): void {
  db.prepare('INSERT INTO batch (sequence, entries, body) VALUES (:sequence, :entries, :body)').run(batch)
}
