/** The policy of an agent: built from its approved segments, signed, and raised only when it says something new. */
import { createHash } from 'node:crypto'
import {
  OphavError,
  openSecret,
  POLICY_TYPE,
  sealEnvelope,
  sealSecret,
  type CredentialSet,
  type Envelope,
  type Pace,
  type Policy,
  type SegmentSafety,
  type PolicyRequest,
  type PolicySegment,
  type SnmpCredential,
} from '@ophav/shared'
import { readSetting } from '../administration/write.ts'
import { DEFAULT_TIME_ZONE } from '../segment/safety.ts'
import type { CollectorKeys } from '../access/collector-key.ts'
import type { Db } from '../store/open.ts'
import type { Agent } from './agent.ts'

/** A request that is older or younger than this may be a replay; agents' clocks may be off by this much. */
const REQUEST_AGE_MS = 24 * 3_600_000

/** @throws OphavError `policy.request-stale` */
export function checkRequestTime(request: PolicyRequest, now: number): void {
  const skew = Math.abs(now - Date.parse(request.at))
  if (skew > REQUEST_AGE_MS) throw new OphavError('policy.request-stale', { at: request.at })
}

export interface SignedPolicy {
  revision: number
  envelope: Envelope
}

/** @returns the policy in force for the agent, signed; made anew when segments or credentials have changed. */
export async function policyFor(db: Db, agent: Agent, keys: CollectorKeys): Promise<SignedPolicy> {
  const segments = await approvedSegments(db, agent.id)
  const credentials = await credentialsOf(
    db,
    segments.map((segment) => segment.key),
    keys,
  )
  const contentHash = createHash('sha256')
    .update(JSON.stringify([segments, credentials, agent.recipient]))
    .digest('hex')
  const current = await db.selectFrom('policy').selectAll().where('agent', '=', agent.id).executeTakeFirst()
  if (current?.content_hash === contentHash)
    return { revision: current.revision, envelope: JSON.parse(current.envelope) as Envelope }
  const sealed = Object.keys(credentials).length > 0 ? await sealSecret(credentials, agent.recipient) : null
  return store(db, agent, segments, sealed, contentHash, keys)
}

async function store(
  db: Db,
  agent: Agent,
  segments: PolicySegment[],
  sealed: string | null,
  contentHash: string,
  keys: CollectorKeys,
): Promise<SignedPolicy> {
  return db.transaction().execute(async (tx) => {
    const current = await tx
      .selectFrom('policy')
      .select(['revision', 'content_hash', 'envelope'])
      .where('agent', '=', agent.id)
      .executeTakeFirst()
    if (current?.content_hash === contentHash)
      return { revision: current.revision, envelope: JSON.parse(current.envelope) as Envelope }
    const revision = (current?.revision ?? 0) + 1
    const issuedAt = new Date().toISOString()
    const policy: Policy = {
      agent: agent.id,
      revision,
      issuedAt,
      segments,
      ...(sealed === null ? {} : { sealedCredentials: sealed }),
    }
    const envelope = sealEnvelope(POLICY_TYPE, policy, keys.signing.privateKey, 'collector')
    const row = {
      revision,
      content_hash: contentHash,
      issued_at: issuedAt,
      envelope: JSON.stringify(envelope),
    }
    await tx
      .insertInto('policy')
      .values({ agent: agent.id, ...row })
      .onConflict((conflict) => conflict.column('agent').doUpdateSet(row))
      .execute()
    await tx.updateTable('agent').set({ policy_revision: revision }).where('id', '=', agent.id).execute()
    return { revision, envelope }
  })
}

async function approvedSegments(db: Db, agent: string): Promise<PolicySegment[]> {
  const segments = await db
    .selectFrom('segment')
    .innerJoin('agent_segment', 'agent_segment.segment', 'segment.key')
    .selectAll('segment')
    .where('agent_segment.agent', '=', agent)
    .where('segment.status', '=', 'approved')
    .orderBy('segment.key')
    .execute()
  const ranges = await db.selectFrom('segment_range').selectAll().orderBy('id').execute()
  const timeZone = await readSetting(db, 'organisation.timeZone', DEFAULT_TIME_ZONE)
  return segments.map((segment) => {
    const of = (kind: string) =>
      ranges
        .filter((range) => range.segment === segment.key && range.kind === kind)
        .map((range) => range.range)
    return {
      key: segment.key,
      name: segment.name,
      ranges: of('scope'),
      exclusions: of('exclusion'),
      pace: JSON.parse(segment.pace) as Pace,
      probes: JSON.parse(segment.probes) as string[],
      intervalSeconds: segment.interval_seconds,
      ...safetyOf(segment.safety, timeZone),
      ...(segment.mode === 'passive' ? { mode: segment.mode } : {}),
    }
  })
}

/** A segment that has nothing of its own says nothing: agents know the defaults. */
function safetyOf(stored: string, timeZone: string): Pick<PolicySegment, 'safety'> {
  const safety = JSON.parse(stored) as SegmentSafety
  if (Object.keys(safety).length === 0) return {}
  return { safety: { timeZone, ...safety } }
}

async function credentialsOf(db: Db, segments: string[], keys: CollectorKeys): Promise<CredentialSet> {
  const set: CredentialSet = {}
  if (segments.length === 0) return set
  const rows = await db
    .selectFrom('credential')
    .select(['segment', 'sealed'])
    .where('segment', 'in', segments)
    .orderBy('segment')
    .orderBy('position')
    .execute()
  for (const row of rows) {
    const credential = (await openSecret(row.sealed, keys.sealIdentity)) as SnmpCredential
    ;(set[row.segment] ??= []).push(credential)
  }
  return set
}
