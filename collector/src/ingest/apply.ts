/** Applies a batch: everything in it, once, in one transaction with all that follows from it. */
import { identify, type Knowledge } from '@ophav/oui'
import {
  OphavError,
  type Batch,
  type BatchReceipt,
  type Coverage,
  type Observation,
  type Presence,
} from '@ophav/shared'
import { segmentsOfAgent, type Agent } from '../fleet/agent.ts'
import { assignDevice } from '../inventory/assign.ts'
import { concludeDevice, loadGround } from '../inventory/conclude.ts'
import { identifiersOf } from '../inventory/identifier.ts'
import {
  attachObservation,
  insertObservation,
  markPresent,
  observationSubject,
  retireObservation,
} from '../inventory/write.ts'
import { loadKnowledge } from '../override/knowledge.ts'
import { storeError, type Db } from '../store/open.ts'
import { concludeTopology } from '../topology/conclude.ts'
import { notAfter, ReadingList, subjectKey } from '../topology/reading.ts'

/**
 * @param sha256 of the signed octets: what tells a repetition from a number that was used twice
 * @throws OphavError `batch.sequence-gap`, `batch.sequence-reused`, `batch.wrong-segment`, `store.full`
 */
export async function applyBatch(db: Db, agent: Agent, batch: Batch, sha256: string): Promise<BatchReceipt> {
  try {
    return await db.transaction().execute(async (tx) => {
      const repeated = await checkSequence(tx, batch, sha256)
      if (repeated) return repeated
      await checkSegments(tx, agent, batch)
      const now = new Date().toISOString()
      const knowledge = await loadKnowledge(tx)
      const touched = new Set<number>()
      const readings = new ReadingList(tx, now)
      for (const entry of batch.entries) {
        if (entry.type === 'observation')
          touched.add(await applyObservation(tx, agent, entry, { now, knowledge }))
        else if (entry.type === 'presence') await applyPresence(tx, entry, now)
        else if (entry.type === 'table') await readings.apply(agent.id, entry)
        else await applyCoverage(tx, agent, entry)
        if (entry.type === 'observation' || entry.type === 'presence') await readings.end(entry)
      }
      for (const segment of readings.ended)
        for (const device of await concludeTopology(tx, segment)) touched.add(device)
      await conclude(tx, touched)
      return acknowledge(tx, agent, batch, sha256, now)
    })
  } catch (cause) {
    throw storeError(cause)
  }
}

/** @returns the receipt of a batch that was applied before, or null when it is this one's turn. */
async function checkSequence(tx: Db, batch: Batch, sha256: string): Promise<BatchReceipt | null> {
  const agent = await tx
    .selectFrom('agent')
    .select(['last_sequence', 'policy_revision'])
    .where('id', '=', batch.agent)
    .executeTakeFirstOrThrow()
  const expected = Number(agent.last_sequence) + 1
  if (batch.sequence === expected) return null
  if (batch.sequence > expected)
    throw new OphavError('batch.sequence-gap', { expected, given: batch.sequence })
  const applied = await tx
    .selectFrom('batch')
    .select('sha256')
    .where('agent', '=', batch.agent)
    .where('sequence', '=', batch.sequence)
    .executeTakeFirst()
  if (applied?.sha256 !== sha256) throw new OphavError('batch.sequence-reused', { sequence: batch.sequence })
  return { sequence: batch.sequence, applied: false, policyRevision: agent.policy_revision }
}

async function checkSegments(tx: Db, agent: Agent, batch: Batch): Promise<void> {
  const bound = new Set(await segmentsOfAgent(tx, agent.id))
  for (const { segment } of batch.entries)
    if (!bound.has(segment)) throw new OphavError('batch.wrong-segment', { agent: agent.id, segment })
}

async function applyObservation(
  tx: Db,
  agent: Agent,
  entry: Observation,
  { now, knowledge }: { now: string; knowledge: Knowledge },
): Promise<number> {
  const { segment, probe, subject, outcome, evidence } = entry
  const key = subjectKey(subject)
  await retireObservation(tx, { segment, subject: key, probe })
  const { rows } = await insertObservation(tx, {
    agent: agent.id,
    segment,
    probe,
    subject: key,
    address: subject.address ?? null,
    mac: subject.mac ?? null,
    outcome,
    observed_at: entry.observedAt,
    received_at: now,
    evidence: JSON.stringify(evidence),
    current: 1,
    device: null,
  })
  const identity = identify(evidence, { knowledge })
  const mac = subject.mac ?? null
  const device = await assignDevice(tx, {
    identifiers: identifiersOf({ maker: identity.maker, serial: identity.serial, mac, evidence }),
    segment,
    address: subject.address ?? null,
    mac,
    at: notAfter(entry.observedAt, now),
    source: 'discovered',
    present: outcome === 'answered' || outcome === 'refused',
  })
  await attachObservation(tx, { id: Number(rows[0]?.id), device })
  return device
}

async function applyPresence(tx: Db, entry: Presence, now: string): Promise<void> {
  const { segment, probe } = entry
  const known = await observationSubject(tx, { segment, probe, subject: subjectKey(entry.subject) })
  const device = known.rows[0]?.device
  // A "still there" of something never described can only follow a restored database: the agent tells it anew.
  if (device === undefined || device === null) return
  await markPresent(tx, { device, segment, at: notAfter(entry.seenAt, now) })
}

async function applyCoverage(tx: Db, agent: Agent, entry: Coverage): Promise<void> {
  await tx
    .insertInto('coverage')
    .values({
      agent: agent.id,
      segment: entry.segment,
      scan: entry.scan,
      started_at: entry.startedAt,
      ended_at: entry.endedAt,
      complete: entry.complete ? 1 : 0,
      result: entry.result ?? null,
      body: JSON.stringify(entry),
    })
    .execute()
}

/** Each device that the batch touched is concluded once, whatever was merged on the way. */
async function conclude(tx: Db, touched: ReadonlySet<number>): Promise<void> {
  if (touched.size === 0) return
  const ground = await loadGround(tx)
  for (const device of touched) {
    const row = await tx
      .selectFrom('device')
      .select('merged_into')
      .where('id', '=', device)
      .executeTakeFirst()
    if (row?.merged_into === null) await concludeDevice(tx, device, ground)
    else if (row && !touched.has(row.merged_into)) await concludeDevice(tx, row.merged_into, ground)
  }
}

async function acknowledge(
  tx: Db,
  agent: Agent,
  batch: Batch,
  sha256: string,
  now: string,
): Promise<BatchReceipt> {
  const { sequence } = batch
  await tx
    .insertInto('batch')
    .values({ agent: agent.id, sequence, sha256, received_at: now, entries: batch.entries.length })
    .execute()
  const row = await tx
    .updateTable('agent')
    .set({ last_sequence: sequence, last_seen_at: now })
    .where('id', '=', agent.id)
    .returning('policy_revision')
    .executeTakeFirstOrThrow()
  return { sequence, applied: true, policyRevision: row.policy_revision }
}
