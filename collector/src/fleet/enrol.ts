/** Enrolment: a token and a new key become an agent. */
import { randomUUID } from 'node:crypto'
import {
  fingerprint,
  OphavError,
  readPublicKey,
  type EnrolmentReceipt,
  type EnrolmentRequest,
} from '@ophav/shared'
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import { redeemToken } from './token.ts'

/**
 * Enrols an agent. The same key with the same token gets the same answer again: the first one may have been lost.
 * @throws OphavError `enrolment.token-invalid`, `key.unreadable`
 */
export async function enrolAgent(
  db: Db,
  request: EnrolmentRequest,
  collectorKey: string,
): Promise<EnrolmentReceipt> {
  readPublicKey(request.publicKey)
  const now = new Date().toISOString()
  return db.transaction().execute(async (tx) => {
    const grant = await redeemToken(tx, request.token, now)
    if (grant.agent !== null) {
      const agent = await tx.selectFrom('agent').selectAll().where('id', '=', grant.agent).executeTakeFirst()
      if (agent?.public_key !== request.publicKey || agent.status === 'revoked')
        throw new OphavError('enrolment.token-invalid')
      return { agent: agent.id, status: agent.status, collectorKey }
    }
    const status = grant.approve ? 'approved' : 'pending'
    const id = randomUUID()
    const known = await tx
      .selectFrom('agent')
      .select('id')
      .where('public_key', '=', request.publicKey)
      .executeTakeFirst()
    if (known) throw new OphavError('enrolment.token-invalid')
    await tx
      .insertInto('agent')
      .values({
        id,
        name: request.name,
        public_key: request.publicKey,
        recipient: request.recipient,
        status,
        version: request.version,
        platform: request.platform,
        enrolled_at: now,
        approved_at: grant.approve ? now : null,
        approved_by: grant.approve ? 'token' : null,
        last_seen_at: now,
        last_sequence: 0,
        policy_revision: 0,
      })
      .execute()
    for (const segment of grant.segments)
      await tx.insertInto('agent_segment').values({ agent: id, segment }).execute()
    await tx
      .updateTable('enrolment_token')
      .set({ used_at: now, agent: id })
      .where('hash', '=', grant.hash)
      .execute()
    await recordAudit(tx, {
      actor: `agent:${id}`,
      action: 'agent.enrol',
      subject: id,
      detail: {
        name: request.name,
        fingerprint: fingerprint(request.publicKey),
        segments: grant.segments,
        status,
      },
    })
    return { agent: id, status, collectorKey }
  })
}
