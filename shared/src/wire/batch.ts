/** Batches: how an agent's facts travel, at least once, and are applied once. */
import { Type, type Static } from 'typebox'
import { AgentId, Timestamp } from './field.ts'
import { Entry } from './observation.ts'

/** `payloadType` of a batch's envelope; the version stands in it, so that it is signed too. */
export const BATCH_TYPE = 'application/vnd.ophav.batch+json; version=1'

/** Entries in one batch: large enough that a transaction pays, small enough that a retry is cheap. */
export const MAX_ENTRIES = 500

/** The largest body the collector reads, in bytes, after decompression. */
export const MAX_BATCH_BYTES = 16 * 1024 * 1024

/**
 * `sequence` counts up by one for each agent, without gaps. The collector applies a number once and in
 * order; the agent repeats the same bytes under the same number until they are acknowledged.
 */
export const Batch = Type.Object(
  {
    agent: AgentId,
    sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    createdAt: Timestamp,
    entries: Type.Array(Entry, { minItems: 1, maxItems: MAX_ENTRIES }),
  },
  { $id: 'Batch', additionalProperties: false },
)
export type Batch = Static<typeof Batch>

/** The collector's answer: everything up to `sequence` is on its disk and the agent may forget it. */
export const BatchReceipt = Type.Object(
  {
    sequence: Type.Integer({ minimum: 0 }),
    /** False when the batch had been applied before and changed nothing now. */
    applied: Type.Boolean(),
    /** The revision of the policy in force, so that the agent knows when to fetch. */
    policyRevision: Type.Integer({ minimum: 0 }),
  },
  { $id: 'BatchReceipt', additionalProperties: false },
)
export type BatchReceipt = Static<typeof BatchReceipt>
