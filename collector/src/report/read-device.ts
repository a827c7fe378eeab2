/** Lists of devices, one device, and the overview: what the pages and the API show. */
import { OphavError, type Activity, type Coverage } from '@ophav/shared'
import { listSegments } from '../segment/read.ts'
import type { Db } from '../store/open.ts'
import { readAttachments, readSilent } from '../topology/read.ts'

export interface DeviceRow {
  id: number
  segment: string | null
  administration: string | null
  address: string | null
  name: string | null
  maker: string | null
  brand: string | null
  model: string | null
  serial: string | null
  class: string | null
  hardwareType: string | null
  chinese: string
  country: string | null
  confidence: number
  discovered: boolean
  registered: boolean
  /** `network`: routers and switches know it, and no probe has heard it; null where only a register has it. */
  seenBy: 'probe' | 'network' | null
  /** Where it hangs, as far as a switch has told; a VLAN of IEEE 802.1Q. */
  switch: string | null
  switchDevice: number | null
  port: string | null
  portAlias: string | null
  vlan: number | null
  vlanName: string | null
  /** When that was last seen, RFC 3339. */
  attachedAt: string | null
}

export interface DeviceFilter {
  type?: string | undefined
  /** The empty text: devices of no administration. */
  administration?: string | undefined
  chinese?: 'yes' | 'no' | 'contested' | 'unknown' | undefined
  segment?: string | undefined
  /** The number after which the page begins. */
  after?: number | undefined
  limit: number
}

const selectDevices = (db: Db) =>
  db
    .selectFrom('device')
    .select([
      'id',
      'segment',
      'administration',
      'name',
      'maker',
      'brand',
      'model',
      'serial',
      'class',
      'hardware_type',
      'chinese',
      'country',
      'confidence',
      'discovered',
      'registered',
    ])
    .select((e) =>
      e
        .selectFrom('device_address')
        .select((inner) => inner.fn.min('address').as('address'))
        .whereRef('device_address.device', '=', 'device.id')
        .as('address'),
    )
    .where('merged_into', 'is', null)

type Selected = Awaited<ReturnType<ReturnType<typeof selectDevices>['execute']>>[number]

/** Adds what routers and switches know, for the whole page at once. */
async function toRows(db: Db, selected: readonly Selected[]): Promise<DeviceRow[]> {
  const devices = selected.map(({ id }) => id)
  const attachments = await readAttachments(db, devices)
  const silent = await readSilent(db, devices)
  return selected.map(({ hardware_type, discovered, registered, ...row }) => {
    const attachment = attachments.get(row.id)
    return {
      ...row,
      hardwareType: hardware_type,
      discovered: discovered === 1,
      registered: registered === 1,
      seenBy: silent.has(row.id) ? 'network' : discovered === 1 ? 'probe' : null,
      switch: attachment?.witnessName ?? null,
      switchDevice: attachment?.witness ?? null,
      port: attachment?.port ?? null,
      portAlias: attachment?.portAlias ?? null,
      vlan: attachment?.vlan ?? null,
      vlanName: attachment?.vlanName ?? null,
      attachedAt: attachment?.seenAt ?? null,
    }
  })
}

/** Devices by number; those that a Tabel 1 figure counts when type, administration and origin are given. */
export async function readDevices(db: Db, filter: DeviceFilter): Promise<DeviceRow[]> {
  let query = selectDevices(db).where((e) => e.or([e('discovered', '=', 1), e('registered', '=', 1)]))
  if (filter.type !== undefined)
    query = query.where('hardware_type', '=', filter.type).where('critical', '=', 1)
  if (filter.administration === '') query = query.where('administration', 'is', null)
  else if (filter.administration !== undefined)
    query = query.where('administration', '=', filter.administration)
  if (filter.chinese !== undefined) query = query.where('chinese', '=', filter.chinese)
  if (filter.segment !== undefined) query = query.where('segment', '=', filter.segment)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  return toRows(db, await query.orderBy('id').limit(filter.limit).execute())
}

/** @throws OphavError `device.unknown` */
export async function readDevice(db: Db, id: number): Promise<DeviceRow> {
  const row = await selectDevices(db).where('id', '=', id).executeTakeFirst()
  const [device] = row ? await toRows(db, [row]) : []
  if (!device) throw new OphavError('device.unknown', { device: id })
  return device
}

export interface Overview {
  devices: number
  agents: number
  segments: {
    key: string
    name: string
    purpose: string
    status: string
    devices: number
    scannedAt: string | null
    complete: boolean
    /** What the latest scan proves; null where it was never scanned or the agent does not tell. */
    coverage: Coverage | null
    /** What its agents are doing, as they last told. */
    activities: Activity[]
  }[]
}

export async function readOverview(db: Db): Promise<Overview> {
  const all = await db
    .selectFrom('device')
    .select('segment')
    .select((e) => e.fn.countAll().as('count'))
    .where('merged_into', 'is', null)
    .groupBy('segment')
    .execute()
  const agents = await db
    .selectFrom('agent')
    .select((e) => e.fn.countAll().as('count'))
    .where('status', '=', 'approved')
    .executeTakeFirstOrThrow()
  const activities = await readActivities(db)
  const segments = []
  for (const { key, name, purpose, status } of await listSegments(db)) {
    const last = await db
      .selectFrom('coverage')
      .select(['ended_at', 'complete', 'body'])
      .where('segment', '=', key)
      .orderBy('ended_at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const devices = Number(all.find((row) => row.segment === key)?.count ?? 0)
    segments.push({
      key,
      name,
      purpose,
      status,
      devices,
      scannedAt: last?.ended_at ?? null,
      complete: last?.complete === 1,
      coverage: last ? (JSON.parse(last.body) as Coverage) : null,
      activities: activities.filter((activity) => activity.segment === key),
    })
  }
  return {
    devices: all.reduce((sum, row) => sum + Number(row.count), 0),
    agents: Number(agents.count),
    segments,
  }
}

/** What was told longer ago is no longer so: agents tell every minute. */
const ACTIVITY_AGE_MS = 5 * 60_000

async function readActivities(db: Db): Promise<Activity[]> {
  const rows = await db
    .selectFrom('agent')
    .select(['activity', 'last_seen_at'])
    .where('status', '=', 'approved')
    .where('activity', 'is not', null)
    .execute()
  const fresh = new Date(Date.now() - ACTIVITY_AGE_MS).toISOString()
  return rows
    .filter((row) => (row.last_seen_at ?? '') > fresh)
    .map((row) => JSON.parse(row.activity ?? '') as Activity)
}
