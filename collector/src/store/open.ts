/** Opens the collector's database: SQLite in the data directory, with the settings that its promises rest on. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely'
import { OphavError } from '@ophav/shared'
import { migrate } from './migrate.ts'
import type { Tables } from './table.ts'

export type Db = Kysely<Tables>

/** Commands and the server share the file; a long import may hold the write lock this long. */
const BUSY_TIMEOUT_MS = 30_000

/** In pages of 4 KiB. Twenty times the default doubles what ingest writes, for a write-ahead log of 80 MB. */
const WAL_AUTOCHECKPOINT_PAGES = 20_000

const FILE_NAME = 'ophav.sqlite'

const DIRECTORY_MODE = 0o700

/** Whether a collector has been at work in this directory. */
export const hasStore = (dataDirectory: string): boolean => existsSync(join(dataDirectory, FILE_NAME))

/**
 * Opens the store and brings it to the current schema.
 * @throws OphavError `store.unreadable`, `store.newer`
 */
export async function openStore(dataDirectory: string): Promise<Db> {
  mkdirSync(dataDirectory, { recursive: true, mode: DIRECTORY_MODE })
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: openFile(join(dataDirectory, FILE_NAME)) }),
  })
  try {
    await migrate(db)
    return db
  } catch (cause) {
    await db.destroy()
    throw storeError(cause)
  }
}

function openFile(path: string): SqliteDatabase {
  try {
    const file = new Database(path, { timeout: BUSY_TIMEOUT_MS })
    file.pragma('journal_mode = WAL')
    // FULL: what an agent was told to forget must survive the collector's power failure.
    file.pragma('synchronous = FULL')
    file.pragma('foreign_keys = ON')
    file.pragma(`wal_autocheckpoint = ${WAL_AUTOCHECKPOINT_PAGES}`)
    return cachePrepared(file)
  } catch (cause) {
    throw storeError(cause)
  }
}

/**
 * Kysely prepares a statement for every run; keeping them by their text makes a compiled statement five times as
 * fast. Transactions take the write lock when they begin: one that reads first and writes later would otherwise
 * fail at once when another process wrote between.
 */
function cachePrepared(file: Database.Database): SqliteDatabase {
  const prepared = new Map<string, Database.Statement>()
  return {
    close: () => void file.close(),
    prepare(sql: string) {
      const text = sql === 'begin' ? 'begin immediate' : sql
      const known = prepared.get(text)
      if (known && !known.busy) return known as unknown as ReturnType<SqliteDatabase['prepare']>
      const statement = file.prepare(text)
      if (prepared.size < MAX_PREPARED) prepared.set(text, statement)
      return statement as unknown as ReturnType<SqliteDatabase['prepare']>
    },
  }
}

/** Statements with lists of varying length have many texts: beyond this many they are prepared each time. */
const MAX_PREPARED = 500

/** Turns SQLite's failures that an operator can do something about into coded errors. */
export function storeError(cause: unknown): unknown {
  const code = (cause as { code?: unknown }).code
  if (typeof code !== 'string') return cause
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR'))
    return new OphavError('store.full', { code }, { cause: cause as Error })
  if (code === 'SQLITE_BUSY') return new OphavError('store.busy', {}, { cause: cause as Error })
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB' || code === 'SQLITE_CANTOPEN')
    return new OphavError('store.unreadable', { code }, { cause: cause as Error })
  return cause
}
