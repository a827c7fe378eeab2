/** From the facts about a device to what lists and counts say of it. Repeatable: better rules conclude anew. */
import { identify, type Identity, type Knowledge } from '@ophav/oui'
import { OphavError, type Evidence } from '@ophav/shared'
import { sql, type Selectable } from 'kysely'
import { loadKnowledge } from '../override/knowledge.ts'
import { loadAddressPlan, type AddressPlan } from '../segment/read.ts'
import type { Db } from '../store/open.ts'
import { prepare } from '../store/prepare.ts'
import type { RegisterEntryTable } from '../store/table.ts'
import { loadClassification, type Classify } from './classify.ts'
import { saveIdentity, updateDevice, type Conclusion } from './write.ts'

/** What conclusions rest on besides a device's own facts; read once for a batch or an import. */
export interface Ground {
  plan: AddressPlan
  classify: Classify
  /** With the organisation's own rules. */
  knowledge: Knowledge
  now: string
}

/** @param knowledge what is to be tried; what is in force, where absent */
export async function loadGround(db: Db, knowledge?: Knowledge): Promise<Ground> {
  return {
    plan: await loadAddressPlan(db),
    classify: await loadClassification(db),
    knowledge: knowledge ?? (await loadKnowledge(db)),
    now: new Date().toISOString(),
  }
}

/** Identifies a device from its current observations and register entries and writes the conclusion. */
export async function concludeDevice(db: Db, device: number, ground: Ground): Promise<Identity> {
  const { identity, conclusion } = await drawConclusion(db, device, ground)
  await updateDevice(db, { ...conclusion, id: device })
  await saveIdentity(db, { device, body: JSON.stringify(identity), at: ground.now })
  return identity
}

/** The same without writing: what would be concluded now. */
export async function drawConclusion(
  db: Db,
  device: number,
  ground: Ground,
): Promise<{ identity: Identity; conclusion: Conclusion }> {
  const observations = (await observationsOf(db, { device })).rows
  const entries = (await entriesOf(db, { device })).rows
  const sightings = (await sightingsOf(db, { device })).rows
  const evidence = observations.flatMap((row) => JSON.parse(row.evidence) as Evidence[])
  const said = new Set(evidence.flatMap(({ kind, value }) => (kind === 'mac' ? [value] : [])))
  const seen = sightings.flatMap(({ mac }) => (said.has(mac) ? [] : [{ kind: 'mac', value: mac }]))
  const identity = identify([...evidence, ...seen, ...entries.flatMap(registerEvidence)], {
    knowledge: ground.knowledge,
  })
  const place = (await placeOf(db, { device })).rows[0] ?? (await segmentOf(db, { device })).rows[0]
  const discovered = observations.length > 0 || sightings.length > 0
  return { identity, conclusion: describe(identity, discovered, place, entries, ground) }
}

interface Place {
  segment: string
  /** Null where a switch alone knows the device. */
  address: string | null
}

function describe(
  identity: Identity,
  discovered: boolean,
  place: Place | undefined,
  entries: readonly Selectable<RegisterEntryTable>[],
  { plan, classify }: Ground,
): Conclusion {
  const entry = entries[0]
  const segment = place?.segment ?? null
  // Ownership is the register's to say; the address plan speaks where no register does.
  const administration =
    entries.find((row) => row.administration !== null)?.administration ??
    (place ? plan.administration(place.segment, place.address) : null)
  const purpose = entry?.purpose ?? (segment === null ? null : plan.purpose(segment))
  const deviceClass = identity.class ?? entry?.class ?? null
  return {
    segment,
    administration,
    purpose,
    discovered: discovered ? 1 : 0,
    registered: entries.length > 0 ? 1 : 0,
    critical:
      entries.some((row) => row.critical === 1) || (segment !== null && plan.critical(segment)) ? 1 : 0,
    name: identity.name ?? entry?.name ?? null,
    maker: identity.maker,
    brand: identity.brand,
    model: identity.model ?? entry?.model ?? null,
    serial: identity.serial ?? entry?.serial ?? null,
    class: deviceClass,
    hardware_type: classify({ class: deviceClass, purpose, administration }),
    chinese: identity.origin.chinese,
    country: identity.origin.country,
    confidence: identity.confidence,
  }
}

/** What a register says of a device, as evidence like any other. */
export function registerEvidence(
  entry: Pick<RegisterEntryTable, 'maker' | 'model' | 'class' | 'serial' | 'mac' | 'name'>,
): Evidence[] {
  const evidence: Evidence[] = []
  const add = (kind: string, value: string | null) => {
    if (value !== null && value !== '') evidence.push({ kind, value })
  }
  add('register.maker', entry.maker)
  add('model', entry.model)
  add('register.class', entry.class)
  add('serial', entry.serial)
  add('mac', entry.mac)
  add('hostname', entry.name)
  return evidence
}

const observationsOf = prepare<{ device: number }, { evidence: string }>((db, p) =>
  db
    .selectFrom('observation')
    .select('evidence')
    .where('device', '=', p.device)
    .where('current', '=', 1)
    .where('outcome', '=', 'answered')
    .orderBy('id'),
)

const entriesOf = prepare<{ device: number }, Selectable<RegisterEntryTable>>((db, p) =>
  db.selectFrom('register_entry').selectAll().where('device', '=', p.device).orderBy('id'),
)

/** The address at which the device was placed last. */
const placeOf = prepare<{ device: number }, Place>((db, p) =>
  db
    .selectFrom('device_address')
    .innerJoin('presence', (join) =>
      join
        .onRef('presence.device', '=', 'device_address.device')
        .onRef('presence.segment', '=', 'device_address.segment'),
    )
    .select(['device_address.segment', 'device_address.address'])
    .where('device_address.device', '=', p.device)
    .orderBy('presence.last_seen_at', 'desc')
    .orderBy('device_address.address')
    .limit(1),
)

/** Where a device without an address was present last. */
const segmentOf = prepare<{ device: number }, Place>((db, p) =>
  db
    .selectFrom('presence')
    .select(['segment', sql.lit(null).as('address')])
    .where('device', '=', p.device)
    .orderBy('last_seen_at', 'desc')
    .limit(1),
)

const sightingsOf = prepare<{ device: number }, { mac: string }>((db, p) =>
  db.selectFrom('sighting').select('mac').distinct().where('device', '=', p.device).orderBy('mac'),
)

/** @throws OphavError `device.unknown` */
export async function findIdentity(db: Db, device: number): Promise<Identity> {
  const row = await db.selectFrom('identity').select('body').where('device', '=', device).executeTakeFirst()
  if (!row) throw new OphavError('device.unknown', { device })
  return JSON.parse(row.body) as Identity
}
