/** Ends a scan in the spool: its coverage, which also tells what had to be dropped since the last one. */
import type Database from 'better-sqlite3'
import type { Coverage } from '@ophav/shared'
import { entrySize, prepareInsert } from './append.ts'
import { probeOfKey } from './page.ts'

/** What is remembered of a subject that does not come back: after this it is told in full again. */
const KNOWN_AGE_MS = 30 * 86_400_000

/** Stands in for the probe where what was dropped was itself a coverage. */
const SPOOL_PROBE = 'spool'

interface DroppedRow {
  probe: string
  type: string
  count: number
}

/**
 * @param scan under which the scan's sightings were appended
 * @returns what the spool grew by.
 */
export function appendCoverage(db: Database.Database, coverage: Coverage, scan: string): number {
  return db.transaction(() => {
    forget(db, coverage, scan)
    const dropped = db
      .prepare<[string], DroppedRow>('SELECT probe, type, count FROM dropped WHERE segment = ?')
      .all(coverage.segment)
    db.prepare('DELETE FROM dropped WHERE segment = ?').run(coverage.segment)
    const body = JSON.stringify(tellDropped(coverage, dropped))
    prepareInsert(db)({
      type: 'coverage',
      segment: coverage.segment,
      probe: '',
      mac: '',
      address: '',
      body,
    })
    return entrySize(body)
  })()
}

/**
 * Forgets what a new sighting has made wrong: an address that its MAC has left, because coming back to it must be
 * told; and subjects not seen for a month.
 */
function forget(db: Database.Database, { segment, endedAt }: Coverage, scan: string): void {
  db.prepare(
    `DELETE FROM known WHERE segment = :segment AND scan <> :scan AND mac <> '' AND EXISTS (
       SELECT 1 FROM known AS moved
       WHERE moved.segment = known.segment AND moved.probe = known.probe AND moved.mac = known.mac
         AND moved.scan = :scan)`,
  ).run({ segment, scan })
  db.prepare('DELETE FROM known WHERE segment = ? AND seen_at < ?').run(
    segment,
    Date.parse(endedAt) - KNOWN_AGE_MS,
  )
}

/** The most probes that a coverage can name, by its schema. */
const MAX_PROBES = 64

/** The most characters of a reason, by the coverage's schema. */
const MAX_REASON = 500

/** A scan of which something was dropped is not complete, and each probe says what it lacks. */
export function tellDropped(coverage: Coverage, dropped: readonly DroppedRow[]): Coverage {
  if (dropped.length === 0) return coverage
  const lost = new Map<string, string[]>()
  for (const { probe, type, count } of dropped) {
    const name = probeOfKey(probe) || SPOOL_PROBE
    lost.set(name, [...(lost.get(name) ?? []), `${count} ${type}${count === 1 ? '' : 's'}`])
  }
  const probes = coverage.probes.map((probe) => {
    const reason = sentence(lost.get(probe.probe))
    lost.delete(probe.probe)
    const notChecked = [probe.notChecked, reason].filter(Boolean).join(' ').slice(0, MAX_REASON)
    return notChecked ? { ...probe, notChecked } : probe
  })
  for (const [probe, counts] of lost)
    probes.push({ probe, rung: null, attempted: 0, outcomes: {}, notChecked: sentence(counts) })
  return { ...coverage, complete: false, probes: probes.slice(0, MAX_PROBES) }
}

const sentence = (counts: string[] | undefined): string =>
  counts ? `Dropped unsent because the spool had no room: ${counts.join(', ')}.` : ''
