/** One-time enrolment tokens: long, short-lived, bound to segments, and stored only as a hash. */
import { createHash, randomBytes } from 'node:crypto'
import { OphavError } from '@ophav/shared'
import { recordAudit } from '../access/audit.ts'
import { findSegment } from '../segment/read.ts'
import type { Db } from '../store/open.ts'

/** 256 bits: guessing is out of the question, so no attempt counter is needed. */
const TOKEN_OCTETS = 32

export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

export interface TokenOrder {
  segments: string[]
  /** Approves the agent at once; for a first start and for unattended installations. */
  approve: boolean
  expiresInSeconds: number
  actor: string
}

/**
 * @returns the token: shown once, never stored.
 * @throws OphavError `segment.unknown`
 */
export async function createToken(db: Db, order: TokenOrder): Promise<string> {
  const token = randomBytes(TOKEN_OCTETS).toString('base64url')
  const now = Date.now()
  await db.transaction().execute(async (tx) => {
    for (const segment of order.segments) await findSegment(tx, segment)
    await tx
      .insertInto('enrolment_token')
      .values({
        hash: hashToken(token),
        segments: JSON.stringify(order.segments),
        approve: order.approve ? 1 : 0,
        created_at: new Date(now).toISOString(),
        expires_at: new Date(now + order.expiresInSeconds * 1000).toISOString(),
        used_at: null,
        agent: null,
      })
      .execute()
    await recordAudit(tx, {
      actor: order.actor,
      action: 'token.create',
      subject: order.segments.join(','),
      detail: { approve: order.approve, expiresInSeconds: order.expiresInSeconds },
    })
  })
  return token
}

export interface TokenGrant {
  hash: string
  segments: string[]
  approve: boolean
  /** The agent that has used the token, where a reply was lost and the same key asks again. */
  agent: string | null
}

/** @throws OphavError `enrolment.token-invalid`, without saying which of the reasons it was. */
export async function redeemToken(db: Db, token: string, now: string): Promise<TokenGrant> {
  const hash = hashToken(token)
  const row = await db.selectFrom('enrolment_token').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row || row.expires_at <= now) throw new OphavError('enrolment.token-invalid')
  return {
    hash,
    segments: JSON.parse(row.segments) as string[],
    approve: row.approve === 1,
    agent: row.agent,
  }
}
