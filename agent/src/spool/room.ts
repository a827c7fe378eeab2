/** How far the spool's file may grow: as configured, and never until the disk is full. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type Database from 'better-sqlite3'

/**
 * What is left free on the disk. SQLite needs some room even to give entries away: its write-ahead log and a
 * checkpoint. A spool that had eaten it all could never empty itself, and others live on the disk too.
 */
const KEPT_FREE_BYTES = 8 * 1024 * 1024

/**
 * Sets the most pages that the file may have. On a disk that is nearly full these are the pages that it has: what is
 * new must then find room inside, and finds it where the oldest was dropped.
 */
export function limitGrowth(db: Database.Database, path: string, maxFileBytes: number): void {
  const pageBytes = Number(db.pragma('page_size', { simple: true }))
  const isTight = freeBytes(path) < KEPT_FREE_BYTES
  const pages = isTight ? 1 : Math.ceil(maxFileBytes / pageBytes)
  // A number below the file's size means its size.
  db.pragma(`max_page_count = ${pages}`)
}

/** Where the system does not tell, the disk's own refusal has to do. */
function freeBytes(path: string): number {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  } catch {
    return Infinity
  }
}
