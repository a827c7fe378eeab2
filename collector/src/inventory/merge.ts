/** Two devices that turn out to be one: recorded with the reason, so that it can be checked and taken back. */
import type { Db } from '../store/open.ts'
import type { Identifier } from './identifier.ts'

/**
 * Merges two devices in the caller's transaction. The older number is kept, because links and notes point to it.
 * @param by the identifier that both have; null where one was known by its address only
 * @returns the number that is kept
 */
export async function mergeDevices(
  db: Db,
  one: number,
  other: number,
  by: Identifier | null,
  at: string,
): Promise<number> {
  const kept = Math.min(one, other)
  const merged = Math.max(one, other)
  await db.updateTable('observation').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('register_entry').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('device_identifier').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('device_address').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('sighting').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('sighting').set({ witness: kept }).where('witness', '=', merged).execute()
  await db.updateTable('link').set({ device: kept }).where('device', '=', merged).execute()
  await db.updateTable('link').set({ neighbour: kept }).where('neighbour', '=', merged).execute()
  await movePresence(db, kept, merged)
  await db.updateTable('device').set({ merged_into: kept }).where('id', '=', merged).execute()
  // What had been merged before points straight to the device that is kept now.
  await db.updateTable('device').set({ merged_into: kept }).where('merged_into', '=', merged).execute()
  const reason = by === null ? 'known by its address only' : `same ${by.kind}: ${by.value}`
  await db.insertInto('merge').values({ kept, merged, reason, at, undone_at: null }).execute()
  return kept
}

async function movePresence(db: Db, kept: number, merged: number): Promise<void> {
  const rows = await db.selectFrom('presence').selectAll().where('device', '=', merged).execute()
  for (const row of rows)
    await db
      .insertInto('presence')
      .values({ ...row, device: kept })
      .onConflict((conflict) =>
        conflict
          .columns(['device', 'segment'])
          .doUpdateSet({ last_seen_at: row.last_seen_at })
          .where('presence.last_seen_at', '<', row.last_seen_at),
      )
      .execute()
  await db.deleteFrom('presence').where('device', '=', merged).execute()
}
