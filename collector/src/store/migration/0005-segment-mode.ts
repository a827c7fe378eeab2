/** Whether agents may send on a segment, or only listen. */
import type { Kysely } from 'kysely'

export async function segmentMode(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('segment')
    .addColumn('mode', 'text', (c) => c.notNull().defaultTo('active'))
    .execute()
}
