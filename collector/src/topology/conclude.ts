/** From the tables of a segment's routers and switches to silent devices, to where each device hangs, and to links. */
import {
  findMembers,
  placeMacs,
  rowsOf,
  type LinkRow,
  type Mac,
  type Member,
  type Place,
} from '@ophav/shared'
import { assignDevice } from '../inventory/assign.ts'
import { identifiersOf } from '../inventory/identifier.ts'
import { deviceAtAddress, deviceByIdentifier } from '../inventory/write.ts'
import type { Db } from '../store/open.ts'
import { readMet, readScope, readSources, type Source } from './read.ts'
import { forgetPages, insertLink, saveSighting, type Sighting } from './write.ts'

/** @returns devices of which something new is known: they are to be concluded anew */
export async function concludeTopology(db: Db, segment: string): Promise<number[]> {
  const sources = await readSources(db, segment)
  if (sources.length === 0) return []
  const newest = sources.reduce((at, { readAt }) => (readAt > at ? readAt : at), '')
  await forgetPages(db, { segment, before: new Date(Date.parse(newest) - KEPT_MS).toISOString() })
  const met = await readMet(db, segment, newest)
  const scope = await readScope(db, segment)
  const members = findMembers(sources, { scope, met: new Set(met.values()) })
  const places = placeMacs(sources)
  const devices = new Map<Mac, number>()
  for (const member of members) {
    const there = member.address === null ? undefined : met.get(member.address)
    // What was met at an address goes before what a router remembers of it.
    if (there !== undefined && there !== member.mac) continue
    const known = there === undefined ? undefined : await holderOf(db, segment, member)
    devices.set(member.mac, known ?? (await assignMember(db, segment, member)))
  }
  const touched = await saveSightings(db, segment, { sources, members, places, devices })
  await saveLinks(db, segment, sources)
  return touched
}

/** Tables of what is not read any more: kept as long as somebody may ask what was last known of it. */
const KEPT_MS = 90 * 86_400_000

/** Whom the segment's own probes have put at the address. */
const holderOf = async (db: Db, segment: string, { address }: Member): Promise<number | undefined> =>
  (await deviceAtAddress(db, { segment, address: address ?? '' })).rows[0]?.device

const assignMember = (db: Db, segment: string, { mac, address, seenAt }: Member): Promise<number> =>
  assignDevice(db, {
    identifiers: identifiersOf({ maker: null, serial: null, mac, evidence: [] }),
    segment,
    address,
    mac,
    at: seenAt,
    source: 'discovered',
    present: true,
  })

interface Known {
  sources: readonly Source[]
  members: readonly Member[]
  places: ReadonlyMap<Mac, Place>
  /** Members that have become devices, or were some. */
  devices: ReadonlyMap<Mac, number>
}

/** A place says something of every known device, on whichever segment it stands: switches serve many. */
async function saveSightings(
  db: Db,
  segment: string,
  { sources, members, places, devices }: Known,
): Promise<number[]> {
  const touched: number[] = []
  const witness = new Map(sources.map(({ key, device }) => [key, device]))
  const before = new Map(
    (await db.selectFrom('sighting').selectAll().where('segment', '=', segment).execute()).map((row) => [
      row.mac,
      row,
    ]),
  )
  const seenBy = new Map(members.map((member) => [member.mac, member]))
  for (const mac of new Set([...devices.keys(), ...places.keys()])) {
    const place = places.get(mac)
    const device = devices.get(mac) ?? (await deviceOf(db, mac))
    const seenAt = place?.seenAt ?? seenBy.get(mac)?.seenAt
    if (device === undefined || seenAt === undefined) continue
    const view = place?.view ?? seenBy.get(mac)?.view ?? ''
    const sighting: Sighting = {
      segment,
      mac,
      device,
      witness: witness.get(view) ?? null,
      port: place?.port ?? null,
      port_name: place?.portName ?? null,
      port_alias: place?.portAlias ?? null,
      vlan: place?.vlan ?? null,
      vlan_name: place?.vlanName ?? null,
      seen_at: seenAt,
    }
    const known = before.get(mac)
    // A port that was known is not forgotten because the switch could not be read this time.
    if (known && known.device === device && known.port !== null && !place) continue
    await saveSighting(db, sighting)
    if (known?.device !== device) touched.push(device)
  }
  for (const known of before.values())
    if (isRefuted(known, places, sources)) await saveSighting(db, { ...known, ...NOWHERE })
  return touched
}

const NOWHERE = { port: null, port_name: null, port_alias: null, vlan: null, vlan_name: null }

/**
 * Whether the switch that named a port still sees the MAC there, and the port is known by now to lead to another
 * switch: tables come one switch after the other, and the last may show the first in another light.
 */
function isRefuted(
  { mac, port, witness }: Pick<Sighting, 'mac' | 'port' | 'witness'>,
  places: ReadonlyMap<Mac, Place>,
  sources: readonly Source[],
): boolean {
  if (port === null || places.has(mac as Mac)) return false
  return sources.some(
    (source) =>
      source.device === witness &&
      rowsOf(source, 'forwarding').some((row) => row.mac === mac && row.port === port),
  )
}

async function deviceOf(db: Db, mac: Mac): Promise<number | undefined> {
  return (await deviceByIdentifier(db, { kind: 'mac', value: mac })).rows[0]?.device
}

/** Links are what was told last; who is at the other end may have become known since. */
async function saveLinks(db: Db, segment: string, sources: readonly Source[]): Promise<void> {
  await db.deleteFrom('link').where('segment', '=', segment).execute()
  for (const { key, device, readAt, tables } of sources) {
    const ports = new Map(
      tables.flatMap((table) =>
        table.table === 'port' ? table.rows.map((row) => [row.port, row.name] as const) : [],
      ),
    )
    for (const link of tables.flatMap((table) => (table.table === 'link' ? table.rows : [])))
      await insertLink(db, {
        segment,
        subject: key,
        device,
        neighbour: (await neighbourOf(db, segment, link)) ?? null,
        protocol: link.protocol,
        port: link.port,
        port_name: ports.get(link.port) ?? null,
        name: link.name ?? null,
        mac: link.mac ?? null,
        address: link.address ?? null,
        remote_port: link.remotePort ?? null,
        description: link.description ?? null,
        capabilities: JSON.stringify(link.capabilities),
        seen_at: readAt,
      })
  }
}

async function neighbourOf(db: Db, segment: string, { mac, address }: LinkRow): Promise<number | undefined> {
  const named = mac === undefined ? undefined : await deviceOf(db, mac)
  if (named !== undefined || address === undefined) return named
  return (await deviceAtAddress(db, { segment, address })).rows[0]?.device
}
