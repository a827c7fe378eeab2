/** Brings a database to the current schema: numbered steps, forward only, each in a transaction of its own. */
import { sql, type Kysely } from 'kysely'
import { OphavError } from '@ophav/shared'
import { firstFloor } from './migration/0001-first-floor.ts'
import { ownRules } from './migration/0002-override.ts'
import { topology } from './migration/0003-topology.ts'
import { scanSafety } from './migration/0004-scan-safety.ts'
import { segmentMode } from './migration/0005-segment-mode.ts'
import type { Db } from './open.ts'

/** In order; a step that has been released is never edited. */
const MIGRATIONS: readonly ((db: Kysely<unknown>) => Promise<void>)[] = [
  firstFloor,
  ownRules,
  topology,
  scanSafety,
  segmentMode,
]

/** @throws OphavError `store.newer` when a newer program has been at work here. */
export async function migrate(db: Db): Promise<void> {
  await sql`create table if not exists schema_version (version integer primary key, applied_at text not null)`.execute(
    db,
  )
  for (let version = 1; version <= MIGRATIONS.length; version++) {
    await db.transaction().execute(async (tx) => {
      const current = await currentVersion(tx as Db)
      if (current > MIGRATIONS.length)
        throw new OphavError('store.newer', { database: current, program: MIGRATIONS.length })
      if (current >= version) return
      await MIGRATIONS[version - 1]?.(tx as unknown as Kysely<unknown>)
      await sql`insert into schema_version (version, applied_at) values (${version}, ${new Date().toISOString()})`.execute(
        tx,
      )
    })
  }
}

async function currentVersion(db: Db): Promise<number> {
  const { rows } = await sql<{
    version: number | null
  }>`select max(version) as version from schema_version`.execute(db)
  return Number(rows[0]?.version ?? 0)
}
