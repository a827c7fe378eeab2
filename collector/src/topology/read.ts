/** What a segment's topology is concluded from, and what it says of a device. */
import { AddressSet, type NetworkTable, type View } from '@ophav/shared'
import { sql, type Selectable } from 'kysely'
import { rangesOf } from '../segment/read.ts'
import type { Db } from '../store/open.ts'
import type { LinkTable } from '../store/topology-table.ts'

/** Routers and switches of a segment are read in one scan: what is a day older was not read in the same. */
const SAME_ROUND_MS = 86_400_000

const before = (at: string): string => new Date(Date.parse(at) - SAME_ROUND_MS).toISOString()

export interface Source extends View {
  /** The router or switch itself; null where it has not become a device. */
  device: number | null
}

/** The tables of all that were read lately on a segment. */
export async function readSources(db: Db, segment: string): Promise<Source[]> {
  const newest = await db
    .selectFrom('network_table')
    .select((e) => e.fn.max('read_at').as('at'))
    .where('segment', '=', segment)
    .executeTakeFirst()
  if (!newest?.at) return []
  const pages = await db
    .selectFrom('network_table')
    .leftJoin('observation', (join) =>
      join
        .onRef('observation.segment', '=', 'network_table.segment')
        .onRef('observation.subject', '=', 'network_table.subject')
        .onRef('observation.probe', '=', 'network_table.probe')
        .on('observation.current', '=', sql.lit(1) as never),
    )
    .select(['network_table.subject', 'kind', 'cut', 'read_at', 'body', 'observation.device'])
    .where('network_table.segment', '=', segment)
    .where('read_at', '>=', before(newest.at))
    .orderBy('network_table.subject')
    .orderBy('kind')
    .orderBy('page')
    .execute()
  const sources = new Map<string, Source & { tables: NetworkTable[] }>()
  for (const { subject, kind, read_at, body, device } of pages) {
    const source = sources.get(subject) ?? { key: subject, readAt: read_at, device, tables: [] }
    sources.set(subject, source)
    if (source.readAt < read_at) source.readAt = read_at
    source.tables.push({ table: kind, rows: JSON.parse(body) as never })
  }
  return [...sources.values()]
}

/** Whom the segment's own probes have met lately: MACs by address. */
export async function readMet(db: Db, segment: string, at: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('observation')
    .select(['address', 'mac'])
    .where('observation.segment', '=', segment)
    // A literal: only so is the index of current observations used.
    .where('current', '=', sql.lit(1) as never)
    .where('mac', 'is not', null)
    .where('address', 'is not', null)
    .innerJoin('presence', (join) =>
      join.onRef('presence.device', '=', 'observation.device').on('presence.segment', '=', segment),
    )
    .where('presence.last_seen_at', '>=', before(at))
    .orderBy('observation.observed_at')
    .execute()
  return new Map(rows.map(({ address, mac }) => [address ?? '', mac ?? '']))
}

export async function readScope(db: Db, segment: string): Promise<AddressSet> {
  const ranges = await rangesOf(db, segment)
  const of = (kind: string) =>
    AddressSet.parse(ranges.filter((row) => row.kind === kind).map(({ range }) => range))
  return of('scope').without(of('exclusion'))
}

/** Where a device hangs, or who knows it without that. */
export interface Attachment {
  witness: number | null
  witnessName: string | null
  port: string | null
  portAlias: string | null
  vlan: number | null
  vlanName: string | null
  seenAt: string
}

/** The newest of each device, and before it one that names a port. */
export async function readAttachments(db: Db, devices: readonly number[]): Promise<Map<number, Attachment>> {
  if (devices.length === 0) return new Map()
  const rows = await db
    .selectFrom('sighting')
    .leftJoin('device as witness', 'witness.id', 'sighting.witness')
    .select([
      'sighting.device',
      'sighting.witness',
      'sighting.port',
      'port_name',
      'port_alias',
      'vlan',
      'vlan_name',
      'seen_at',
      'witness.name as witness_name',
    ])
    .where('sighting.device', 'in', [...devices])
    .orderBy('seen_at')
    .orderBy('mac')
    .execute()
  const attachments = new Map<number, Attachment>()
  for (const row of rows) {
    if (row.port === null && attachments.get(row.device)?.port) continue
    attachments.set(row.device, {
      witness: row.witness,
      witnessName: row.witness_name,
      port: row.port_name ?? (row.port === null ? null : String(row.port)),
      portAlias: row.port_alias,
      vlan: row.vlan,
      vlanName: row.vlan_name,
      seenAt: row.seen_at,
    })
  }
  return attachments
}

export type Link = Selectable<LinkTable>

/** The cables of a device, at whichever end it stands. */
export const readLinks = (db: Db, device: number): Promise<Link[]> =>
  db
    .selectFrom('link')
    .selectAll()
    .where((e) => e.or([e('device', '=', device), e('neighbour', '=', device)]))
    .orderBy('device')
    .orderBy('port')
    .orderBy('id')
    .limit(MAX_LINKS)
    .execute()

/** A core switch has some hundred. */
const MAX_LINKS = 1_000

/** Of these devices, those that no probe has ever heard itself. */
export async function readSilent(db: Db, devices: readonly number[]): Promise<Set<number>> {
  if (devices.length === 0) return new Set()
  const rows = await db
    .selectFrom('device')
    .select('id')
    .where('id', 'in', [...devices])
    .where((e) =>
      e.exists(e.selectFrom('sighting').select('mac').whereRef('sighting.device', '=', 'device.id')),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('observation')
            .select('observation.id')
            .whereRef('observation.device', '=', 'device.id')
            .where('current', '=', 1),
        ),
      ),
    )
    .execute()
  return new Set(rows.map(({ id }) => id))
}
