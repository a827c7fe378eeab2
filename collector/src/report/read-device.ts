/** Lists of devices, one device, and the overview: what the pages and the API show. */
import { OphavError } from '@ophav/shared'
import { listSegments } from '../segment/read.ts'
import type { Db } from '../store/open.ts'

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

const toRow = ({ hardware_type, discovered, registered, ...row }: Selected): DeviceRow => ({
  ...row,
  hardwareType: hardware_type,
  discovered: discovered === 1,
  registered: registered === 1,
})

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
  return (await query.orderBy('id').limit(filter.limit).execute()).map(toRow)
}

/** @throws OphavError `device.unknown` */
export async function readDevice(db: Db, id: number): Promise<DeviceRow> {
  const row = await selectDevices(db).where('id', '=', id).executeTakeFirst()
  if (!row) throw new OphavError('device.unknown', { device: id })
  return toRow(row)
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
  const segments = []
  for (const { key, name, purpose, status } of await listSegments(db)) {
    const last = await db
      .selectFrom('coverage')
      .select(['ended_at', 'complete'])
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
    })
  }
  return {
    devices: all.reduce((sum, row) => sum + Number(row.count), 0),
    agents: Number(agents.count),
    segments,
  }
}
