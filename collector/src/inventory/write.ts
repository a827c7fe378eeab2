/** The inventory's statements: compiled once, run for every entry of every batch. */
import { sql } from 'kysely'
import { prepare } from '../store/prepare.ts'
import type { ObservationTable, DeviceTable, Truth } from '../store/table.ts'
import type { Insertable, Updateable } from 'kysely'

type NewObservation = Omit<Insertable<ObservationTable>, 'id'>

/** Makes room for a newer observation of the same probe and subject. */
export const retireObservation = prepare<{ segment: string; subject: string; probe: string }, never>(
  (db, p) =>
    db
      .updateTable('observation')
      .set({ current: 0 })
      .where('segment', '=', p.segment)
      .where('subject', '=', p.subject)
      .where('probe', '=', p.probe)
      .where('current', '=', sql.lit(1) as never) as never,
)

export const insertObservation = prepare<NewObservation, { id: number }>(
  (db, p) =>
    db
      .insertInto('observation')
      .values({
        agent: p.agent,
        segment: p.segment,
        probe: p.probe,
        subject: p.subject,
        address: p.address,
        mac: p.mac,
        outcome: p.outcome,
        observed_at: p.observed_at,
        received_at: p.received_at,
        evidence: p.evidence,
        current: p.current,
        device: p.device ?? null,
      } as NewObservation)
      .returning('id') as never,
)

export const deviceByIdentifier = prepare<{ kind: string; value: string }, { device: number }>((db, p) =>
  db
    .selectFrom('device_identifier')
    .select('device')
    .where('kind', '=', p.kind as never)
    .where('value', '=', p.value),
)

export const identifierKinds = prepare<{ device: number }, { kind: string }>((db, p) =>
  db.selectFrom('device_identifier').select('kind').distinct().where('device', '=', p.device),
)

export const lastSeen = prepare<{ device: number; segment: string }, { last_seen_at: string }>((db, p) =>
  db
    .selectFrom('presence')
    .select('last_seen_at')
    .where('device', '=', p.device)
    .where('segment', '=', p.segment),
)

export const insertIdentifier = prepare<{ kind: string; value: string; device: number; at: string }, never>(
  (db, p) =>
    db
      .insertInto('device_identifier')
      .values({ kind: p.kind as never, value: p.value, device: p.device, first_seen_at: p.at })
      .onConflict((conflict) => conflict.columns(['kind', 'value']).doNothing()) as never,
)

export const deviceAtAddress = prepare<
  { segment: string; address: string },
  { device: number; mac: string | null }
>((db, p) =>
  db
    .selectFrom('device_address')
    .select(['device', 'mac'])
    .where('segment', '=', p.segment)
    .where('address', '=', p.address),
)

/** A new holder of an address replaces the old one; a MAC that is known is kept when this sighting had none. */
export const placeDevice = prepare<
  { segment: string; address: string; device: number; mac: string | null; at: string },
  never
>(
  (db, p) =>
    db
      .insertInto('device_address')
      .values({ segment: p.segment, address: p.address, device: p.device, mac: p.mac, first_seen_at: p.at })
      .onConflict((conflict) =>
        conflict.columns(['segment', 'address']).doUpdateSet({ device: p.device, mac: p.mac }),
      ) as never,
)

/** Time goes forward only: a late batch does not make a device look gone. */
export const markPresent = prepare<{ device: number; segment: string; at: string }, never>(
  (db, p) =>
    db
      .insertInto('presence')
      .values({ device: p.device, segment: p.segment, last_seen_at: p.at })
      .onConflict((conflict) =>
        conflict
          .columns(['device', 'segment'])
          .doUpdateSet({ last_seen_at: p.at })
          .where('presence.last_seen_at', '<', p.at),
      ) as never,
)

export const insertDevice = prepare<
  { segment: string | null; discovered: Truth; registered: Truth; at: string },
  { id: number }
>(
  (db, p) =>
    db
      .insertInto('device')
      .values({
        segment: p.segment,
        discovered: p.discovered,
        registered: p.registered,
        critical: 0,
        first_seen_at: p.at,
        chinese: 'unknown',
        confidence: 0,
      })
      .returning('id') as never,
)

export const attachObservation = prepare<{ id: number; device: number }, never>(
  (db, p) => db.updateTable('observation').set({ device: p.device }).where('id', '=', p.id) as never,
)

export const observationSubject = prepare<
  { segment: string; subject: string; probe: string },
  { device: number | null }
>((db, p) =>
  db
    .selectFrom('observation')
    .select('device')
    .where('segment', '=', p.segment)
    .where('subject', '=', p.subject)
    .where('probe', '=', p.probe)
    .where('current', '=', sql.lit(1) as never),
)

/** The columns that a conclusion fills. */
export type Conclusion = Required<
  Pick<
    Updateable<DeviceTable>,
    | 'segment'
    | 'administration'
    | 'purpose'
    | 'discovered'
    | 'registered'
    | 'critical'
    | 'name'
    | 'maker'
    | 'brand'
    | 'model'
    | 'serial'
    | 'class'
    | 'hardware_type'
    | 'chinese'
    | 'country'
    | 'confidence'
  >
>

export const updateDevice = prepare<Conclusion & { id: number }, never>((db, p) => {
  const { id } = p
  const columns = Object.fromEntries(
    CONCLUSION_COLUMNS.map((column) => [column, (p as Record<string, unknown>)[column]]),
  )
  return db.updateTable('device').set(columns).where('id', '=', id) as never
})

const CONCLUSION_COLUMNS = [
  'segment',
  'administration',
  'purpose',
  'discovered',
  'registered',
  'critical',
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
] as const satisfies readonly (keyof Conclusion)[]

export const saveIdentity = prepare<{ device: number; body: string; at: string }, never>(
  (db, p) =>
    db
      .insertInto('identity')
      .values({ device: p.device, body: p.body, identified_at: p.at })
      .onConflict((conflict) =>
        conflict.column('device').doUpdateSet({ body: p.body, identified_at: p.at }),
      ) as never,
)
