/** When segments may be scanned, what agents are doing, and what a scan proves. */
import type { Kysely } from 'kysely'

export async function scanSafety(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('segment')
    .addColumn('safety', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute()
  await db.schema.alterTable('agent').addColumn('activity', 'text').execute()
  await db.schema.alterTable('coverage').addColumn('result', 'text').execute()
}
