/** Which device a sighting is of: a known one, several that turn out to be one, or a new one. */
import type { Mac } from '@ophav/shared'
import type { Db } from '../store/open.ts'
import type { Identifier } from './identifier.ts'
import { mergeDevices } from './merge.ts'
import {
  deviceAtAddress,
  deviceByIdentifier,
  identifierKinds,
  insertDevice,
  insertIdentifier,
  lastSeen,
  markPresent,
  placeDevice,
} from './write.ts'

/** Something that was seen on a segment, or stands in a register (then without segment). */
export interface Sighting {
  identifiers: readonly Identifier[]
  segment: string | null
  address: string | null
  mac: Mac | null
  /** RFC 3339 */
  at: string
  source: 'discovered' | 'registered'
  /** Whether it answered: one that is asked and stays silent is not there because of that. */
  present: boolean
}

/**
 * Finds or makes the device of a sighting, in the caller's transaction. Identifiers go before addresses: an address
 * means something only within its segment, and only while nothing contradicts it.
 * @returns the device's number
 */
export async function assignDevice(db: Db, sighting: Sighting): Promise<number> {
  const { identifiers, segment, address, mac, at, present } = sighting
  const known: { device: number; by: Identifier }[] = []
  for (const identifier of identifiers) {
    const device = (await deviceByIdentifier(db, identifier)).rows[0]?.device
    if (device !== undefined && !known.some((match) => match.device === device))
      known.push({ device, by: identifier })
  }
  let device = known[0]?.device
  for (const match of known.slice(1))
    if (device !== undefined) device = await mergeDevices(db, device, match.device, match.by, at)
  if (segment !== null && address !== null) {
    const holder = (await deviceAtAddress(db, { segment, address })).rows[0]
    // The same address with another MAC is another device that has taken its place.
    const agrees = holder !== undefined && (mac === null || holder.mac === null || holder.mac === mac)
    if (device === undefined && agrees) device = holder.device
    // A device that only its address named until now turns out to be the one that its identifier names.
    else if (
      device !== undefined &&
      agrees &&
      holder.device !== device &&
      (await isSame(db, device, holder.device, segment, at))
    )
      device = await mergeDevices(db, device, holder.device, null, at)
    device ??= await createDevice(db, sighting)
    await placeDevice(db, {
      segment,
      address,
      device,
      mac: mac ?? (agrees ? (holder?.mac ?? null) : null),
      at,
    })
  }
  device ??= await createDevice(db, sighting)
  for (const identifier of identifiers) await insertIdentifier(db, { ...identifier, device, at })
  if (segment !== null && present) await markPresent(db, { device, segment, at })
  return device
}

async function createDevice(db: Db, { segment, source, at }: Sighting): Promise<number> {
  const { rows } = await insertDevice(db, {
    segment,
    discovered: source === 'discovered' ? 1 : 0,
    registered: source === 'registered' ? 1 : 0,
    at,
  })
  return Number(rows[0]?.id)
}

/** Probes of one scan ask an address within this time; an address that is leased anew stays empty for longer. */
const SAME_SCAN_MS = 10 * 60_000

/**
 * Whether the holder of an address is the device that was just heard there: nothing but the address names it, or it
 * was heard a moment ago by another probe, and no identifier of one speaks against the other's.
 */
async function isSame(db: Db, device: number, holder: number, segment: string, at: string): Promise<boolean> {
  const kinds = (await identifierKinds(db, { device: holder })).rows.map(({ kind }) => kind)
  if (kinds.length === 0) return true
  const seen = (await lastSeen(db, { device: holder, segment })).rows[0]?.last_seen_at
  if (seen === undefined || Math.abs(Date.parse(at) - Date.parse(seen)) > SAME_SCAN_MS) return false
  const others = new Set((await identifierKinds(db, { device })).rows.map(({ kind }) => kind))
  return !kinds.some((kind) => others.has(kind))
}
