/** Asks a device for everything that says who made it, and turns the answers into evidence. */
import { formatMac, isIdentifyingMac, type Evidence } from '@ophav/shared/value'
import { cutText, octetsToText } from '../snmp-message/octets-text.ts'
import { ENTITY, HR_DEVICE_DESCR, IF_PHYS_ADDRESS, SCALAR_OBJECTS, SYSTEM_OBJECTS } from './object.ts'
import { isSpoiled } from './outcome.ts'
import type { Bound, SnmpSession } from './session.ts'
import { walkColumn } from './walk.ts'

/** A chassis stands among the first entities; a stack of switches has hundreds of sensors behind it. */
const MAX_ENTITIES = 64
/** A switch has more ports; the first ones already tell its own addresses. */
const MAX_INTERFACES = 64
const MAX_MACS = 16
/** Disks, processors and the print engine; a server lists every core. */
const MAX_HOST_DEVICES = 16

/** The first question: whoever answers it has accepted the credential. @throws as `SnmpSession.get` */
export const collectSystem = (session: SnmpSession): Promise<Evidence[]> =>
  collectObjects(session, SYSTEM_OBJECTS)

/** What is asked of a device that has answered, the most telling first. */
export const FURTHER: readonly ((session: SnmpSession) => Promise<Evidence[]>)[] = [
  (session) => collectObjects(session, SCALAR_OBJECTS),
  collectEntity,
  collectMacs,
  collectHostDevices,
]

async function collectObjects(
  session: SnmpSession,
  objects: ReadonlyMap<string, string>,
): Promise<Evidence[]> {
  const bound = await getEach(session, [...objects.keys()])
  return bound.flatMap(({ oid, value }) => {
    const kind = objects.get(oid)
    const fact = factOf(value)
    if (kind === undefined || fact === null) return []
    return [kind === 'snmp.scalar' ? { kind, value: fact, oid } : { kind, value: fact }]
  })
}

/** All in one question; one by one where a single object spoils the answer. */
export async function getEach(session: SnmpSession, oids: readonly string[]): Promise<Bound[]> {
  try {
    return await session.get(oids)
  } catch (error) {
    if (!isSpoiled(error)) throw error
    if (oids.length === 1) return []
  }
  const bound: Bound[] = []
  for (const oid of oids) bound.push(...(await getEach(session, [oid])))
  return bound
}

async function collectEntity(session: SnmpSession): Promise<Evidence[]> {
  const isChassis = ({ value }: Bound) => value === ENTITY.chassis
  const classes = await walkColumn(session, ENTITY.class, MAX_ENTITIES, isChassis)
  const chassis = classes.find(isChassis)
  if (!chassis) return []
  const index = chassis.oid.slice(ENTITY.class.length)
  const columns = Object.entries(ENTITY.columns)
  const bound = await getEach(
    session,
    columns.map(([column]) => column + index),
  )
  const fields = columns.flatMap(([column, field]) => {
    const fact = factOf(bound.find(({ oid }) => oid === column + index)?.value)
    return typeof fact === 'string' ? [[field, fact] as const] : []
  })
  return fields.length > 0 ? [{ kind: 'snmp.entity', value: Object.fromEntries(fields) }] : []
}

/** Six octets are an Ethernet address; tunnels and serial lines have others or none. */
const MAC_OCTETS = 6

async function collectMacs(session: SnmpSession): Promise<Evidence[]> {
  const rows = await walkColumn(session, IF_PHYS_ADDRESS, MAX_INTERFACES)
  const macs = rows.flatMap(({ value }) =>
    Buffer.isBuffer(value) && value.length === MAC_OCTETS ? [formatMac(value)] : [],
  )
  return [...new Set(macs.filter(isIdentifyingMac))]
    .slice(0, MAX_MACS)
    .map((mac) => ({ kind: 'mac', value: mac }))
}

async function collectHostDevices(session: SnmpSession): Promise<Evidence[]> {
  const rows = await walkColumn(session, HR_DEVICE_DESCR, MAX_HOST_DEVICES)
  const facts = rows.map(({ value }) => factOf(value)).filter((fact) => typeof fact === 'string')
  return [...new Set(facts)].map((value) => ({ kind: 'snmp.hrDeviceDescr', value }))
}

/** @returns null for what says nothing: no text, or a type that none of these objects has */
function factOf(value: unknown): string | number | null {
  if (Buffer.isBuffer(value)) return octetsToText(value) || null
  if (typeof value === 'string') return cutText(value) || null
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
