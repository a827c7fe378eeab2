/**
 * Keeps the spool within its size: "still there" goes first, because the next scan says it again; then tables and
 * observations, which the next scan tells in full again; coverage last. The oldest go first, and all are counted.
 */
import type Database from 'better-sqlite3'
import { ENTRY_SIZE_SQL } from './append.ts'

/** Rows dropped in one statement: one transaction stays short. */
const CHUNK = 500

const ORDER = ['presence', 'table', 'observation', 'coverage'] as const

/** How many of each kind were dropped. */
export type DropCount = Record<(typeof ORDER)[number], number>

/** @returns the size of all entries that wait. */
export const measure = (db: Database.Database): number =>
  db.prepare<[], number>(`SELECT coalesce(sum(${ENTRY_SIZE_SQL}), 0) FROM entry`).pluck().get() ?? 0

/**
 * Drops until at least `bytes` are free or nothing is left.
 * @returns what was dropped, and its size.
 */
export function drop(db: Database.Database, bytes: number): { freed: number; count: DropCount } {
  const count: DropCount = { presence: 0, table: 0, observation: 0, coverage: 0 }
  let freed = 0
  for (const type of ORDER)
    while (freed < bytes) {
      const chunk = dropOldest(db, type, bytes - freed)
      if (chunk.count === 0) break
      count[type] += chunk.count
      freed += chunk.freed
    }
  return { freed, count }
}

interface Oldest {
  id: number
  size: number
}

function dropOldest(db: Database.Database, type: string, bytes: number): { freed: number; count: number } {
  return db.transaction(() => {
    const rows = db
      .prepare<[string, number], Oldest>(
        `SELECT id, ${ENTRY_SIZE_SQL} AS size FROM entry WHERE type = ? ORDER BY id LIMIT ?`,
      )
      .all(type, CHUNK)
    let freed = 0
    let last = 0
    let count = 0
    for (const row of rows) {
      if (freed >= bytes) break
      freed += row.size
      last = row.id
      count++
    }
    const range = { type, last }
    db.prepare(
      `INSERT INTO dropped (segment, probe, type, count)
       SELECT segment, probe, type, count(*) FROM entry WHERE type = :type AND id <= :last
       GROUP BY segment, probe
       ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    ).run(range)
    if (type === 'observation' || type === 'table')
      db.prepare(
        `DELETE FROM known WHERE (segment, probe, mac, address) IN (
           SELECT segment, probe, mac, address FROM entry WHERE type = :type AND id <= :last)`,
      ).run(range)
    db.prepare('DELETE FROM entry WHERE type = :type AND id <= :last').run(range)
    return { freed, count }
  })()
}

/** Counts entries that never reached the disk. */
export function countDropped(db: Database.Database, segment: string, probe: string, count: number): void {
  db.prepare(
    `INSERT INTO dropped (segment, probe, type, count) VALUES (?, ?, 'observation', ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  ).run(segment, probe, count)
}
