/** Puts what was seen into the spool: in full when it is new or has changed, else as "still there". */
import type Database from 'better-sqlite3'
import type { Observation, Presence, TablePage } from '@ophav/shared'
import type { ProbeResult } from '../probe/probe.ts'
import { digest, toObservation } from './entry.ts'
import { pageDigest, pageKey, toPages } from './page.ts'

/** Which scan of which segment a burst belongs to. */
export interface ScanOrigin {
  segment: string
  /** The scan's id; stands in its coverage too. */
  scan: string
}

/** One result with the probe that saw it. */
export interface Sighting {
  probe: string
  result: ProbeResult
}

export interface Appended {
  observations: number
  presences: number
  /** What the spool grew by, as `entrySize` counts. */
  bytes: number
}

/** What a row costs beside its body: columns, keys and index, measured on a spool of a million presences. */
const ROW_OVERHEAD_BYTES = 120

export const entrySize = (body: string): number => Buffer.byteLength(body) + ROW_OVERHEAD_BYTES

/** How the same size is counted in SQL. */
export const ENTRY_SIZE_SQL = `octet_length(body) + ${ROW_OVERHEAD_BYTES}`

interface EntryRow {
  type: 'observation' | 'presence' | 'table' | 'coverage'
  segment: string
  probe: string
  mac: string
  address: string
  body: string
}

/** @returns a function that appends one entry to the queue. */
export function prepareInsert(db: Database.Database): (row: EntryRow) => void {
  const insert = db.prepare<EntryRow>(
    `INSERT INTO entry (type, segment, probe, mac, address, body)
     VALUES (:type, :segment, :probe, :mac, :address, :body)`,
  )
  return (row) => void insert.run(row)
}

/** @returns a function that appends a burst in one transaction: all of it or nothing. */
export function prepareAppend(
  db: Database.Database,
): (origin: ScanOrigin, burst: readonly Sighting[]) => Appended {
  const insert = prepareInsert(db)
  const recall = db
    .prepare<[string, string, string, string], Buffer>(
      'SELECT digest FROM known WHERE segment = ? AND probe = ? AND mac = ? AND address = ?',
    )
    .pluck()
  const remember = db.prepare(
    `INSERT INTO known (segment, probe, mac, address, digest, scan, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET digest = excluded.digest, scan = excluded.scan, seen_at = excluded.seen_at`,
  )
  /** @returns whether the same was told before; from now on it was */
  const isKnown = (origin: ScanOrigin, key: string, observation: Observation, says: Buffer): boolean => {
    const { mac = '', address = '' } = observation.subject
    const told = recall.get(origin.segment, key, mac, address)?.equals(says) === true
    remember.run(origin.segment, key, mac, address, says, origin.scan, Date.parse(observation.observedAt))
    return told
  }
  return db.transaction((origin: ScanOrigin, burst: readonly Sighting[]) => {
    const appended: Appended = { observations: 0, presences: 0, bytes: 0 }
    const put = (type: EntryRow['type'], key: string, entry: Observation | Presence | TablePage) => {
      const { mac = '', address = '' } = entry.subject
      const body = JSON.stringify(entry)
      insert({ type, segment: origin.segment, probe: key, mac, address, body })
      appended.bytes += entrySize(body)
    }
    for (const { probe, result } of burst) {
      const observation = toObservation(result, origin.segment, probe)
      if (!observation) continue
      // The tables first: what comes after them of the same probe ends the reading.
      for (const page of toPages(result.tables ?? [], observation))
        if (!isKnown(origin, pageKey(page), observation, pageDigest(page))) put('table', pageKey(page), page)
      const isPresence = isKnown(origin, probe, observation, digest(observation))
      if (isPresence) put('presence', probe, toPresence(observation))
      else put('observation', probe, observation)
      appended[isPresence ? 'presences' : 'observations']++
    }
    return appended
  })
}

function toPresence({ segment, probe, subject, observedAt }: Observation): Presence {
  return { type: 'presence', segment, probe, subject, seenAt: observedAt }
}
