/** The first schema. Types and expressions are those that SQLite and PostgreSQL share. */
import { sql, type CreateTableBuilder, type Kysely } from 'kysely'
import type { Tables } from '../table.ts'
import { CLASSIFICATION, HARDWARE_TYPES } from './0001-hardware-type.ts'

type Build = (table: CreateTableBuilder<string, never>) => CreateTableBuilder<string, string>

export async function firstFloor(db: Kysely<unknown>): Promise<void> {
  const create = (name: string, build: Build) =>
    build(db.schema.createTable(name) as CreateTableBuilder<string, never>).execute()
  const numbered = (name: string, build: Build) =>
    create(name, (table) =>
      build(table.addColumn('id', 'integer', (c) => c.primaryKey()) as CreateTableBuilder<string, never>),
    )
  const index = (table: string, columns: string[], unique = false) => {
    const builder = db.schema
      .createIndex(`${table}_by_${columns.join('_')}`)
      .on(table)
      .columns(columns)
    return (unique ? builder.unique() : builder).execute()
  }
  await organisation(create, numbered)
  await seedHardwareTypes(db as Kysely<Tables>)
  await fleet(create, numbered)
  await facts(create, numbered)
  await inventory(create, numbered)
  await registers(create, numbered)
  await numbered('audit', (t) =>
    t
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('actor', 'text', (c) => c.notNull())
      .addColumn('action', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('detail', 'text', (c) => c.notNull()),
  )
  await index('segment_range', ['segment'])
  await index('observation', ['device', 'current'])
  await index('device_identifier', ['device'])
  await index('device_address', ['device'])
  await index('presence', ['device'])
  await index('register_entry', ['device'])
  await index('register_entry', ['register', 'asset'], true)
  await index('declaration', ['hardware_type', 'administration'])
  // The newest observation of each probe and subject is found and replaced on every change.
  await sql`create unique index observation_current on observation (segment, subject, probe) where current = 1`.execute(
    db,
  )
  // Covers the counts: Tabel 1 reads this index and no row.
  await sql`create index device_count on device (hardware_type, administration, chinese, critical, discovered, registered) where merged_into is null`.execute(
    db,
  )
}

type Create = (name: string, build: Build) => Promise<void>

async function organisation(create: Create, numbered: Create): Promise<void> {
  await create('setting', (t) =>
    t.addColumn('key', 'text', (c) => c.primaryKey()).addColumn('value', 'text', (c) => c.notNull()),
  )
  await create('administration', (t) =>
    t
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('name_da', 'text', (c) => c.notNull())
      .addColumn('name_en', 'text', (c) => c.notNull())
      .addColumn('position', 'integer', (c) => c.notNull()),
  )
  await create('hardware_type', (t) =>
    t
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('label_da', 'text', (c) => c.notNull())
      .addColumn('label_en', 'text', (c) => c.notNull())
      .addColumn('cost_label_da', 'text', (c) => c.notNull())
      .addColumn('cost_label_en', 'text', (c) => c.notNull())
      .addColumn('plural_da', 'text', (c) => c.notNull())
      .addColumn('plural_en', 'text', (c) => c.notNull())
      .addColumn('unit_price', 'double precision')
      .addColumn('position', 'integer', (c) => c.notNull()),
  )
  await numbered('classification', (t) =>
    t
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('class', 'text', (c) => c.notNull())
      .addColumn('purpose', 'text')
      .addColumn('administration', 'text')
      .addColumn('hardware_type', 'text'),
  )
  await create('segment', (t) =>
    t
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('purpose', 'text', (c) => c.notNull())
      .addColumn('administration', 'text', (c) => c.references('administration.key'))
      .addColumn('closed', 'integer', (c) => c.notNull())
      .addColumn('critical', 'integer', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('interval_seconds', 'integer', (c) => c.notNull())
      .addColumn('pace', 'text', (c) => c.notNull())
      .addColumn('probes', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('approved_at', 'text')
      .addColumn('approved_by', 'text'),
  )
  await numbered('segment_range', (t) =>
    t
      .addColumn('segment', 'text', (c) => c.notNull().references('segment.key'))
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('range', 'text', (c) => c.notNull())
      .addColumn('administration', 'text', (c) => c.references('administration.key')),
  )
}

async function fleet(create: Create, numbered: Create): Promise<void> {
  await create('agent', (t) =>
    t
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('public_key', 'text', (c) => c.notNull().unique())
      .addColumn('recipient', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('version', 'text', (c) => c.notNull())
      .addColumn('platform', 'text', (c) => c.notNull())
      .addColumn('enrolled_at', 'text', (c) => c.notNull())
      .addColumn('approved_at', 'text')
      .addColumn('approved_by', 'text')
      .addColumn('last_seen_at', 'text')
      .addColumn('last_sequence', 'bigint', (c) => c.notNull())
      .addColumn('policy_revision', 'integer', (c) => c.notNull()),
  )
  await create('agent_segment', (t) =>
    t
      .addColumn('agent', 'text', (c) => c.notNull().references('agent.id'))
      .addColumn('segment', 'text', (c) => c.notNull().references('segment.key'))
      .addPrimaryKeyConstraint('agent_segment_key', ['agent', 'segment'] as never),
  )
  await create('enrolment_token', (t) =>
    t
      .addColumn('hash', 'text', (c) => c.primaryKey())
      .addColumn('segments', 'text', (c) => c.notNull())
      .addColumn('approve', 'integer', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull())
      .addColumn('expires_at', 'text', (c) => c.notNull())
      .addColumn('used_at', 'text')
      .addColumn('agent', 'text', (c) => c.references('agent.id')),
  )
  await create('policy', (t) =>
    t
      .addColumn('agent', 'text', (c) => c.primaryKey().references('agent.id'))
      .addColumn('revision', 'integer', (c) => c.notNull())
      .addColumn('content_hash', 'text', (c) => c.notNull())
      .addColumn('issued_at', 'text', (c) => c.notNull())
      .addColumn('envelope', 'text', (c) => c.notNull()),
  )
  await numbered('credential', (t) =>
    t
      .addColumn('segment', 'text', (c) => c.notNull().references('segment.key'))
      .addColumn('position', 'integer', (c) => c.notNull())
      .addColumn('sealed', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull()),
  )
}

async function facts(create: Create, numbered: Create): Promise<void> {
  await create('batch', (t) =>
    t
      .addColumn('agent', 'text', (c) => c.notNull().references('agent.id'))
      .addColumn('sequence', 'bigint', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('received_at', 'text', (c) => c.notNull())
      .addColumn('entries', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('batch_key', ['agent', 'sequence'] as never),
  )
  await numbered('observation', (t) =>
    t
      .addColumn('agent', 'text', (c) => c.notNull())
      .addColumn('segment', 'text', (c) => c.notNull())
      .addColumn('probe', 'text', (c) => c.notNull())
      .addColumn('subject', 'text', (c) => c.notNull())
      .addColumn('address', 'text')
      .addColumn('mac', 'text')
      .addColumn('outcome', 'text', (c) => c.notNull())
      .addColumn('observed_at', 'text', (c) => c.notNull())
      .addColumn('received_at', 'text', (c) => c.notNull())
      .addColumn('evidence', 'text', (c) => c.notNull())
      .addColumn('current', 'integer', (c) => c.notNull())
      .addColumn('device', 'integer'),
  )
  await numbered('coverage', (t) =>
    t
      .addColumn('agent', 'text', (c) => c.notNull())
      .addColumn('segment', 'text', (c) => c.notNull())
      .addColumn('scan', 'text', (c) => c.notNull())
      .addColumn('started_at', 'text', (c) => c.notNull())
      .addColumn('ended_at', 'text', (c) => c.notNull())
      .addColumn('complete', 'integer', (c) => c.notNull())
      .addColumn('body', 'text', (c) => c.notNull()),
  )
}

async function inventory(create: Create, numbered: Create): Promise<void> {
  await numbered('device', (t) =>
    t
      .addColumn('segment', 'text')
      .addColumn('administration', 'text')
      .addColumn('purpose', 'text')
      .addColumn('discovered', 'integer', (c) => c.notNull())
      .addColumn('registered', 'integer', (c) => c.notNull())
      .addColumn('critical', 'integer', (c) => c.notNull())
      .addColumn('first_seen_at', 'text', (c) => c.notNull())
      .addColumn('name', 'text')
      .addColumn('maker', 'text')
      .addColumn('brand', 'text')
      .addColumn('model', 'text')
      .addColumn('serial', 'text')
      .addColumn('class', 'text')
      .addColumn('hardware_type', 'text')
      .addColumn('chinese', 'text', (c) => c.notNull())
      .addColumn('country', 'text')
      .addColumn('confidence', 'double precision', (c) => c.notNull())
      .addColumn('merged_into', 'integer'),
  )
  await create('identity', (t) =>
    t
      .addColumn('device', 'integer', (c) => c.primaryKey())
      .addColumn('body', 'text', (c) => c.notNull())
      .addColumn('identified_at', 'text', (c) => c.notNull()),
  )
  await create('device_identifier', (t) =>
    t
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('value', 'text', (c) => c.notNull())
      .addColumn('device', 'integer', (c) => c.notNull())
      .addColumn('first_seen_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('device_identifier_key', ['kind', 'value'] as never),
  )
  await create('device_address', (t) =>
    t
      .addColumn('segment', 'text', (c) => c.notNull())
      .addColumn('address', 'text', (c) => c.notNull())
      .addColumn('device', 'integer', (c) => c.notNull())
      .addColumn('mac', 'text')
      .addColumn('first_seen_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('device_address_key', ['segment', 'address'] as never),
  )
  await create('presence', (t) =>
    t
      .addColumn('device', 'integer', (c) => c.notNull())
      .addColumn('segment', 'text', (c) => c.notNull())
      .addColumn('last_seen_at', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('presence_key', ['device', 'segment'] as never),
  )
  await numbered('merge', (t) =>
    t
      .addColumn('kept', 'integer', (c) => c.notNull())
      .addColumn('merged', 'integer', (c) => c.notNull())
      .addColumn('reason', 'text', (c) => c.notNull())
      .addColumn('at', 'text', (c) => c.notNull())
      .addColumn('undone_at', 'text'),
  )
}

async function registers(create: Create, numbered: Create): Promise<void> {
  await create('register', (t) =>
    t
      .addColumn('key', 'text', (c) => c.primaryKey())
      .addColumn('name', 'text', (c) => c.notNull())
      .addColumn('created_at', 'text', (c) => c.notNull()),
  )
  await numbered('register_import', (t) =>
    t
      .addColumn('register', 'text', (c) => c.notNull().references('register.key'))
      .addColumn('file_name', 'text', (c) => c.notNull())
      .addColumn('sha256', 'text', (c) => c.notNull())
      .addColumn('imported_by', 'text', (c) => c.notNull())
      .addColumn('imported_at', 'text', (c) => c.notNull())
      .addColumn('rows', 'integer', (c) => c.notNull())
      .addColumn('rejected', 'integer', (c) => c.notNull()),
  )
  await numbered('register_entry', (t) =>
    t
      .addColumn('register', 'text', (c) => c.notNull())
      .addColumn('import', 'integer', (c) => c.notNull())
      .addColumn('asset', 'text', (c) => c.notNull())
      .addColumn('administration', 'text')
      .addColumn('maker', 'text')
      .addColumn('model', 'text')
      .addColumn('serial', 'text')
      .addColumn('mac', 'text')
      .addColumn('class', 'text')
      .addColumn('name', 'text')
      .addColumn('purpose', 'text')
      .addColumn('critical', 'integer', (c) => c.notNull())
      .addColumn('device', 'integer'),
  )
  await numbered('declaration', (t) =>
    t
      .addColumn('hardware_type', 'text', (c) => c.notNull().references('hardware_type.key'))
      .addColumn('administration', 'text', (c) => c.notNull().references('administration.key'))
      .addColumn('low', 'integer', (c) => c.notNull())
      .addColumn('high', 'integer', (c) => c.notNull())
      .addColumn('stated_by', 'text', (c) => c.notNull())
      .addColumn('stated_on', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull())
      .addColumn('recorded_at', 'text', (c) => c.notNull())
      .addColumn('withdrawn_at', 'text'),
  )
  await numbered('count_rule', (t) =>
    t
      .addColumn('hardware_type', 'text')
      .addColumn('administration', 'text')
      .addColumn('source', 'text', (c) => c.notNull())
      .addColumn('note', 'text', (c) => c.notNull()),
  )
}

/** The memo's rows to begin with; an organisation changes them. */
async function seedHardwareTypes(db: Kysely<Tables>): Promise<void> {
  await db
    .insertInto('hardware_type')
    .values(HARDWARE_TYPES.map((type, position) => ({ ...type, unit_price: null, position })))
    .execute()
  await db
    .insertInto('classification')
    .values(
      CLASSIFICATION.map(([deviceClass, purpose, hardware_type], position) => ({
        position,
        class: deviceClass,
        purpose,
        administration: null,
        hardware_type,
      })),
    )
    .execute()
}
