/** Segments as they are stored, and the address plan that says whose address is whose. */
import { AddressSet, OphavError, parseIpv4 } from '@ophav/shared'
import type { Selectable } from 'kysely'
import type { Db } from '../store/open.ts'
import type { SegmentRangeTable, SegmentTable } from '../store/table.ts'

export type Segment = Selectable<SegmentTable>

export const listSegments = (db: Db): Promise<Segment[]> =>
  db.selectFrom('segment').selectAll().orderBy('key').execute()

/** @throws OphavError `segment.unknown` */
export async function findSegment(db: Db, key: string): Promise<Segment> {
  const segment = await db.selectFrom('segment').selectAll().where('key', '=', key).executeTakeFirst()
  if (!segment) throw new OphavError('segment.unknown', { segment: key })
  return segment
}

export const rangesOf = (db: Db, segment: string): Promise<Selectable<SegmentRangeTable>[]> =>
  db.selectFrom('segment_range').selectAll().where('segment', '=', segment).orderBy('id').execute()

/** What the inventory asks of a segment: for what it is, and to whom an address in it belongs. */
export interface AddressPlan {
  purpose(segment: string): string | null
  critical(segment: string): boolean
  /** The allocation that holds the address, else the segment's owner; null where neither is stated. */
  administration(segment: string, address: string | null): string | null
}

/** Reads the whole plan: it is small, and one batch asks it hundreds of times. */
export async function loadAddressPlan(db: Db): Promise<AddressPlan> {
  const segments = new Map((await listSegments(db)).map((segment) => [segment.key, segment]))
  const rows = await db
    .selectFrom('segment_range')
    .selectAll()
    .where('kind', '=', 'allocation')
    .orderBy('id')
    .execute()
  const allocations = rows.map((row) => ({ ...row, set: AddressSet.parse([row.range]) }))
  return {
    purpose: (segment) => segments.get(segment)?.purpose ?? null,
    critical: (segment) => segments.get(segment)?.critical === 1,
    administration(segment, address) {
      const number = address === null ? null : parseIpv4(address)
      const holder =
        number === null
          ? undefined
          : allocations.find((row) => row.segment === segment && row.set.has(number))
      return holder?.administration ?? segments.get(segment)?.administration ?? null
    },
  }
}
