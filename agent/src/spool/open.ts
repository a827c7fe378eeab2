/** Opens the spool's file: settings, migrations, and what happens when it is damaged. */
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { OphavError } from '@ophav/shared'
import { MIGRATIONS } from './migration.ts'

export interface OpenedSpool {
  db: Database.Database
  /** Where a damaged predecessor was set aside, or null. */
  setAside: string | null
}

/** `status` reads while the agent writes. */
const BUSY_TIMEOUT_MS = 5_000

/** In pages of 4 KiB: a megabyte, some bursts. */
const WAL_PAGES = 256

/** Damaged files that are kept for a look: the newest ones, because they can be large. */
const KEPT_DAMAGED = 2

/**
 * Opens the spool and brings it to the current schema. A damaged file is set aside and a new one begun, so that an
 * agent after a power failure on a bad card goes on working.
 * @throws OphavError `spool.unreadable`, `spool.full`, `store.newer`
 */
export function openSpoolFile(path: string): OpenedSpool {
  try {
    return { db: openSound(path), setAside: null }
  } catch (cause) {
    const error = spoolError(cause)
    if (!(error instanceof OphavError) || error.code !== 'spool.corrupt') throw error
    const setAside = putAside(path)
    return { db: openSound(path), setAside }
  }
}

function openSound(path: string): Database.Database {
  const db = new Database(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    db.pragma('journal_mode = WAL')
    // FULL: a sequence number that went out must not come back with other content after a power failure.
    db.pragma('synchronous = FULL')
    // A small log that keeps its room: little wear on a card, and a full disk does not stop it.
    db.pragma(`wal_autocheckpoint = ${WAL_PAGES}`)
    db.pragma(`journal_size_limit = ${WAL_PAGES * 4096}`)
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new OphavError('spool.corrupt', { path })
    migrate(db, path)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function migrate(db: Database.Database, path: string): void {
  const version = Number(db.pragma('user_version', { simple: true }))
  if (version > MIGRATIONS.length) throw new OphavError('store.newer', { path, version })
  for (let step = version; step < MIGRATIONS.length; step++)
    db.transaction(() => {
      db.exec(MIGRATIONS[step] ?? '')
      db.pragma(`user_version = ${step + 1}`)
    })()
}

/** @returns the new name of the damaged file. */
function putAside(path: string): string {
  const target = `${path}.damaged-${new Date().toISOString().replaceAll(/[-:.]/g, '')}`
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(path + suffix)) renameSync(path + suffix, target + suffix)
  const prefix = `${basename(path)}.damaged-`
  const damaged = readdirSync(dirname(path)).filter((name) => name.startsWith(prefix) && !name.includes('Z-'))
  for (const name of damaged.sort().slice(0, -KEPT_DAMAGED))
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(dirname(path), name + suffix), { force: true })
  return target
}

/** Turns SQLite's failures that an operator can do something about into coded errors. */
export function spoolError(cause: unknown): unknown {
  const code = (cause as { code?: unknown }).code
  if (typeof code !== 'string') return cause
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR'))
    return new OphavError('spool.full', { problem: code }, { cause })
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new OphavError('spool.corrupt', { problem: code }, { cause })
  if (code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY') || code === 'SQLITE_BUSY')
    return new OphavError('spool.unreadable', { problem: code }, { cause })
  return cause
}
