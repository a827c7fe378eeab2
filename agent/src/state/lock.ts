/**
 * One agent to a state directory. The lock is the operating system's own, taken through SQLite: it ends with the
 * process that holds it, however that ends, so a stale lock cannot exist.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { OphavError } from '@ophav/shared'

export interface StateLock {
  release(): void
}

/** @throws OphavError `state.in-use` with the holder's process id where it is known, `state.unwritable` */
export function lockState(path: string): StateLock {
  const db = tryLock(path)
  if (!db) throw new OphavError('state.in-use', { path, holder: readHolder(path) })
  writeFileSync(holderFile(path), `${process.pid}\n`)
  return {
    release() {
      if (db.open) db.close()
    },
  }
}

/** @returns whether an agent works with the directory, and its process id where it is known. */
export function stateHolder(path: string): { held: boolean; pid: number | null } {
  const db = tryLock(path)
  db?.close()
  return db ? { held: false, pid: null } : { held: true, pid: readHolder(path) }
}

/** @returns the open file whose transaction is the lock, or null when another process has it. */
function tryLock(path: string): Database.Database | null {
  let db: Database.Database | null = null
  try {
    db = new Database(path, { timeout: 0 })
    db.exec('BEGIN EXCLUSIVE')
    return db
  } catch (cause) {
    db?.close()
    const code = String((cause as { code?: unknown }).code)
    if (code.startsWith('SQLITE_BUSY')) return null
    throw new OphavError('state.unwritable', { path, problem: code }, { cause })
  }
}

/** Only for people to read: the lock itself does not rest on it. */
const holderFile = (path: string): string => `${path}.pid`

function readHolder(path: string): number | null {
  try {
    return Number.parseInt(readFileSync(holderFile(path), 'utf8'), 10) || null
  } catch {
    return null
  }
}
