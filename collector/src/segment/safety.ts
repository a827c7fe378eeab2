/** How gently, when and whether a segment is scanned: changes to it, each audited. Agents obey with their next policy. */
import {
  OphavError,
  Pace,
  parseAs,
  ScanWindow,
  SegmentSafety,
  type Freeze,
  type LatencyLimit,
} from '@ophav/shared'
import { recordAudit } from '../access/audit.ts'
import { readSetting } from '../administration/write.ts'
import type { Db } from '../store/open.ts'
import { findSegment } from './read.ts'
import { zonedTime } from './zoned-time.ts'

/** Where the product comes from; an organisation elsewhere says so in its configuration. */
export const DEFAULT_TIME_ZONE = 'Europe/Copenhagen'

export interface StoredSafety {
  pace: Pace
  safety: SegmentSafety
  timeZone: string
}

/** @throws OphavError `segment.unknown` */
export async function readSafety(db: Db, key: string): Promise<StoredSafety> {
  const row = await findSegment(db, key)
  const safety = JSON.parse(row.safety) as SegmentSafety
  const timeZone = safety.timeZone ?? (await readSetting(db, 'organisation.timeZone', DEFAULT_TIME_ZONE))
  return { pace: JSON.parse(row.pace) as Pace, safety, timeZone }
}

/** @throws OphavError `segment.unknown`, `segment.safety-invalid` */
export async function setPace(db: Db, key: string, wanted: Partial<Pace>, actor: string): Promise<Pace> {
  return db.transaction().execute(async (tx) => {
    const { pace } = await readSafety(tx, key)
    const next = parseAs(Pace, { ...pace, ...wanted }, 'segment.safety-invalid')
    await tx
      .updateTable('segment')
      .set({ pace: JSON.stringify(next) })
      .where('key', '=', key)
      .execute()
    await recordAudit(tx, { actor, action: 'segment.pace', subject: key, detail: { ...next } })
    return next
  })
}

/** Adds a window; without one the segment is scanned at any time. @throws OphavError `segment.safety-invalid` */
export const addWindow = (
  db: Db,
  key: string,
  window: ScanWindow,
  timeZone: string | undefined,
  actor: string,
) =>
  change(db, key, 'segment.window', actor, (safety) => ({
    ...safety,
    ...(timeZone === undefined ? {} : { timeZone: checkTimeZone(timeZone) }),
    windows: [...(safety.windows ?? []), parseAs(ScanWindow, window, 'segment.safety-invalid')],
  }))

export const clearWindows = (db: Db, key: string, actor: string) =>
  change(db, key, 'segment.window-clear', actor, (safety) => ({ ...safety, windows: [] }))

/** @param from and `to` as people write them, in the segment's time zone */
export async function addFreeze(
  db: Db,
  key: string,
  { from, to, reason }: Freeze,
  actor: string,
): Promise<SegmentSafety> {
  const { timeZone } = await readSafety(db, key)
  const [begin, end] = [zonedTime(from, timeZone), zonedTime(to, timeZone)]
  if (begin === null || end === null || end <= begin)
    throw new OphavError('segment.safety-invalid', { from, to })
  const freeze = { from: new Date(begin).toISOString(), to: new Date(end).toISOString(), reason }
  return change(db, key, 'segment.freeze', actor, (safety) => ({
    ...safety,
    freezes: [...(safety.freezes ?? []), freeze],
  }))
}

/** @param number from one on, as `segment safety` lists them. @throws OphavError `segment.freeze-unknown` */
export const endFreeze = (db: Db, key: string, number: number, actor: string) =>
  change(db, key, 'segment.thaw', actor, ({ freezes = [], ...safety }) => {
    if (!freezes[number - 1]) throw new OphavError('segment.freeze-unknown', { segment: key, number })
    const kept = freezes.filter((_, index) => index !== number - 1)
    return kept.length > 0 ? { ...safety, freezes: kept } : safety
  })

/** The kill switch of one segment: agents stop when the policy reaches them. */
export const setHalted = (db: Db, key: string, halted: boolean, actor: string) =>
  change(db, key, halted ? 'segment.halt' : 'segment.release', actor, (safety) => ({ ...safety, halted }))

export const setLatency = (db: Db, key: string, latency: LatencyLimit, actor: string) =>
  change(db, key, 'segment.rest', actor, (safety) => ({ ...safety, latency }))

async function change(
  db: Db,
  key: string,
  action: string,
  actor: string,
  make: (safety: SegmentSafety) => SegmentSafety,
): Promise<SegmentSafety> {
  return db.transaction().execute(async (tx) => {
    const row = await findSegment(tx, key)
    const next = parseAs(
      SegmentSafety,
      make(JSON.parse(row.safety) as SegmentSafety),
      'segment.safety-invalid',
    )
    await tx
      .updateTable('segment')
      .set({ safety: JSON.stringify(next) })
      .where('key', '=', key)
      .execute()
    await recordAudit(tx, { actor, action, subject: key, detail: { ...next } })
    return next
  })
}

/** @throws OphavError `segment.safety-invalid` */
export function checkTimeZone(timeZone: string): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone }).format(0)
    return timeZone
  } catch {
    throw new OphavError('segment.safety-invalid', { timeZone })
  }
}
