/** The agents that are enrolled: found, approved, revoked, and asked to prove who they are. */
import {
  AgentId,
  fits,
  OphavError,
  openEnvelope,
  parseAs,
  peekEnvelope,
  readPublicKey,
  type Envelope,
  type ErrorCode,
} from '@ophav/shared'
import type { Selectable } from 'kysely'
import type { Static, TSchema } from 'typebox'
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import type { AgentTable } from '../store/table.ts'

export type Agent = Selectable<AgentTable>

export const listAgents = (db: Db): Promise<Agent[]> =>
  db.selectFrom('agent').selectAll().orderBy('enrolled_at').execute()

/** @throws OphavError `agent.unknown` */
export async function findAgent(db: Db, id: string): Promise<Agent> {
  const agent = await db.selectFrom('agent').selectAll().where('id', '=', id).executeTakeFirst()
  if (!agent) throw new OphavError('agent.unknown', { agent: id })
  return agent
}

export const segmentsOfAgent = async (db: Db, id: string): Promise<string[]> =>
  (
    await db
      .selectFrom('agent_segment')
      .select('segment')
      .where('agent', '=', id)
      .orderBy('segment')
      .execute()
  ).map((row) => row.segment)

/** @throws OphavError `agent.unknown` */
export async function setAgentStatus(
  db: Db,
  id: string,
  status: 'approved' | 'revoked',
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const agent = await findAgent(tx, id)
    const approval =
      status === 'approved' ? { approved_at: new Date().toISOString(), approved_by: actor } : {}
    await tx
      .updateTable('agent')
      .set({ status, ...approval })
      .where('id', '=', id)
      .execute()
    await recordAudit(tx, { actor, action: `agent.${status}`, subject: id, detail: { name: agent.name } })
  })
}

/**
 * Reads what an agent signed: who says to have sent it, whether that agent may speak, whether it did sign, and
 * whether the content fits. In this order, so that nothing from an unknown sender is looked at twice.
 * @throws OphavError `agent.unknown`, `agent.not-approved`, `agent.revoked`, `envelope.*`, or `invalid` for content
 */
export async function readFromAgent<Schema extends TSchema>(
  db: Db,
  envelope: Envelope,
  payloadType: string,
  schema: Schema,
  invalid: ErrorCode,
): Promise<{ agent: Agent; document: Static<Schema> }> {
  const sender = (peekEnvelope(envelope) as { agent?: unknown } | null)?.agent
  if (!fits(AgentId, sender)) throw new OphavError('agent.unknown')
  const agent = await findAgent(db, sender)
  const document = openEnvelope(envelope, payloadType, readPublicKey(agent.public_key))
  if (agent.status === 'revoked') throw new OphavError('agent.revoked', { agent: agent.id })
  if (agent.status === 'pending') throw new OphavError('agent.not-approved', { agent: agent.id })
  return { agent, document: parseAs(schema, document, invalid) }
}
