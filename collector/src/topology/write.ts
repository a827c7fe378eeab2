/** The topology's statements: compiled once, run for every page and every MAC. */
import type { Insertable } from 'kysely'
import { prepare } from '../store/prepare.ts'
import type { LinkTable, NetworkTableTable, SightingTable } from '../store/topology-table.ts'

type Page = Insertable<NetworkTableTable>
type Where = Pick<Page, 'segment' | 'probe' | 'subject'>

export const savePage = prepare<Page, never>(
  (db, p) =>
    db
      .insertInto('network_table')
      .values({
        segment: p.segment,
        probe: p.probe,
        subject: p.subject,
        kind: p.kind,
        page: p.page,
        agent: p.agent,
        cut: p.cut as string | null,
        read_at: p.read_at,
        body: p.body,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['segment', 'probe', 'subject', 'kind', 'page'])
          .doUpdateSet({ agent: p.agent, cut: p.cut as string | null, read_at: p.read_at, body: p.body }),
      ) as never,
)

/** The table has become shorter. */
export const dropPages = prepare<Where & { kind: Page['kind']; pages: number }, never>(
  (db, p) =>
    db
      .deleteFrom('network_table')
      .where('segment', '=', p.segment)
      .where('probe', '=', p.probe)
      .where('subject', '=', p.subject)
      .where('kind', '=', p.kind)
      .where('page', '>=', p.pages) as never,
)

export const forgetPages = prepare<{ segment: string; before: string }, never>(
  (db, p) =>
    db.deleteFrom('network_table').where('segment', '=', p.segment).where('read_at', '<', p.before) as never,
)

export const hasPages = prepare<{ segment: string; probe: string }, { page: number }>((db, p) =>
  db
    .selectFrom('network_table')
    .select('page')
    .where('segment', '=', p.segment)
    .where('probe', '=', p.probe)
    .limit(1),
)

/** Time goes forward only. */
export const touchPages = prepare<Where & { at: string }, never>(
  (db, p) =>
    db
      .updateTable('network_table')
      .set({ read_at: p.at })
      .where('segment', '=', p.segment)
      .where('probe', '=', p.probe)
      .where('subject', '=', p.subject)
      .where('read_at', '<', p.at) as never,
)

export type Sighting = Omit<Required<Insertable<SightingTable>>, 'first_seen_at'>

export const saveSighting = prepare<Sighting, never>((db, p) => {
  const known = {
    device: p.device,
    witness: p.witness as number | null,
    port: p.port as number | null,
    port_name: p.port_name as string | null,
    port_alias: p.port_alias as string | null,
    vlan: p.vlan as number | null,
    vlan_name: p.vlan_name as string | null,
    seen_at: p.seen_at,
  }
  return db
    .insertInto('sighting')
    .values({ segment: p.segment, mac: p.mac, first_seen_at: p.seen_at, ...known })
    .onConflict((conflict) => conflict.columns(['segment', 'mac']).doUpdateSet(known)) as never
})

export const insertLink = prepare<Omit<Required<Insertable<LinkTable>>, 'id'>, never>(
  (db, p) =>
    db.insertInto('link').values({
      segment: p.segment,
      subject: p.subject,
      device: p.device,
      neighbour: p.neighbour,
      protocol: p.protocol,
      port: p.port,
      port_name: p.port_name,
      name: p.name,
      mac: p.mac,
      address: p.address,
      remote_port: p.remote_port,
      description: p.description,
      capabilities: p.capabilities,
      seen_at: p.seen_at,
    }) as never,
)
