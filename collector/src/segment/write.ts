/** Changes to segments. Each is audited; only an approved segment enters a policy. */
import { AddressSet, OphavError, parseRange, POLITE_PACE, type Pace, type SegmentSafety } from '@ophav/shared'
import { findAdministration } from '../administration/read.ts'
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import { findSegment, rangesOf } from './read.ts'

/** Every probe of the agent's registry that is safe on any network. */
export const DEFAULT_PROBES = [
  'arp',
  'ipv6-neighbour',
  'icmp-echo',
  'snmp-sweep',
  'mdns',
  'snmp-engine-id',
  'snmp',
  'mdns-unicast',
  'snmp-table',
]

export interface NewSegment {
  key: string
  name: string
  purpose: string
  administration: string | null
  closed: boolean
  critical: boolean
  ranges: string[]
  exclusions?: string[]
  pace?: Pace
  probes?: string[]
  safety?: SegmentSafety
  /** Seconds between the starts of two scans. */
  intervalSeconds?: number
  /** Agents only listen there. */
  passive?: boolean
}

/** Six hours: often enough to see a device on the day it is plugged in, seldom enough to go unnoticed. */
const DEFAULT_INTERVAL_SECONDS = 6 * 3_600

/** Adds a segment as a proposal. @throws OphavError `segment.exists`, `address.invalid-range`, `administration.unknown` */
export async function addSegment(db: Db, segment: NewSegment, actor: string): Promise<void> {
  const exclusions = segment.exclusions ?? []
  for (const range of [...segment.ranges, ...exclusions]) parseRange(range)
  await db.transaction().execute(async (tx) => {
    if (await tx.selectFrom('segment').select('key').where('key', '=', segment.key).executeTakeFirst())
      throw new OphavError('segment.exists', { segment: segment.key })
    if (segment.administration !== null) await findAdministration(tx, segment.administration)
    await tx
      .insertInto('segment')
      .values({
        key: segment.key,
        name: segment.name,
        purpose: segment.purpose,
        administration: segment.administration,
        closed: segment.closed ? 1 : 0,
        critical: segment.critical ? 1 : 0,
        status: 'proposed',
        interval_seconds: segment.intervalSeconds ?? DEFAULT_INTERVAL_SECONDS,
        pace: JSON.stringify(segment.pace ?? POLITE_PACE),
        probes: JSON.stringify(segment.probes ?? DEFAULT_PROBES),
        safety: JSON.stringify(segment.safety ?? {}),
        mode: segment.passive ? 'passive' : 'active',
        created_at: new Date().toISOString(),
        approved_at: null,
        approved_by: null,
      })
      .execute()
    for (const range of segment.ranges) await insertRange(tx, segment.key, 'scope', range, null)
    for (const range of exclusions) await insertRange(tx, segment.key, 'exclusion', range, null)
    await recordAudit(tx, { actor, action: 'segment.add', subject: segment.key, detail: { ...segment } })
  })
}

/** Lets agents scan the segment, or ends that. @throws OphavError `segment.unknown` */
export async function setSegmentStatus(
  db: Db,
  key: string,
  status: 'approved' | 'retired',
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await findSegment(tx, key)
    const approval =
      status === 'approved' ? { approved_at: new Date().toISOString(), approved_by: actor } : {}
    await tx
      .updateTable('segment')
      .set({ status, ...approval })
      .where('key', '=', key)
      .execute()
    await recordAudit(tx, { actor, action: `segment.${status}`, subject: key })
  })
}

/** Whether agents may send there, or only listen; with their next policy they obey. @throws OphavError `segment.unknown` */
export async function setSegmentMode(
  db: Db,
  key: string,
  mode: 'active' | 'passive',
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await findSegment(tx, key)
    await tx.updateTable('segment').set({ mode }).where('key', '=', key).execute()
    await recordAudit(tx, { actor, action: `segment.${mode}`, subject: key })
  })
}

/** Allots a part of the segment to an administration. @throws OphavError `segment.range-outside` and others */
export async function allocateRange(
  db: Db,
  key: string,
  range: string,
  administration: string,
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await findAdministration(tx, administration)
    await insertWithin(tx, key, 'allocation', range, administration)
    await recordAudit(tx, {
      actor,
      action: 'segment.allocate',
      subject: key,
      detail: { range, administration },
    })
  })
}

/** Takes addresses out of the scope: no packet is sent to them. @throws OphavError `segment.range-outside` */
export async function excludeRange(db: Db, key: string, range: string, actor: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await insertWithin(tx, key, 'exclusion', range, null)
    await recordAudit(tx, { actor, action: 'segment.exclude', subject: key, detail: { range } })
  })
}

async function insertWithin(
  tx: Db,
  key: string,
  kind: 'allocation' | 'exclusion',
  range: string,
  administration: string | null,
): Promise<void> {
  await findSegment(tx, key)
  const scope = AddressSet.parse(
    (await rangesOf(tx, key)).filter((row) => row.kind === 'scope').map((row) => row.range),
  )
  if (new AddressSet([parseRange(range)]).without(scope).size > 0)
    throw new OphavError('segment.range-outside', { segment: key, range, scope: scope.toString() })
  await insertRange(tx, key, kind, range, administration)
}

async function insertRange(
  tx: Db,
  segment: string,
  kind: 'scope' | 'exclusion' | 'allocation',
  range: string,
  administration: string | null,
): Promise<void> {
  await tx.insertInto('segment_range').values({ segment, kind, range, administration }).execute()
}
