/** What agents report: observations, presence, coverage and tables. All of them are facts, none a conclusion. */
import { Type, type Static } from 'typebox'
import { Evidence } from '../evidence/evidence.ts'
import { Coverage } from './coverage.ts'
import { Key, ProbeName, Timestamp } from './field.ts'
import { Outcome } from './outcome.ts'
import { Subject } from './subject.ts'
import { TablePage } from './table.ts'

/** The most evidence one observation carries: a walked switch stays below, an endless walk does not. */
export const MAX_EVIDENCE = 512

/** A raw fact that a probe saw, kept as it was seen. Sent when it is new or has changed. */
export const Observation = Type.Object(
  {
    type: Type.Literal('observation'),
    segment: Key,
    probe: ProbeName,
    subject: Subject,
    outcome: Outcome,
    observedAt: Timestamp,
    evidence: Type.Array(Evidence, { maxItems: MAX_EVIDENCE }),
  },
  { $id: 'Observation', additionalProperties: false },
)
export type Observation = Static<typeof Observation>

/** "Still there": the subject answered this probe again with the evidence that is already known. */
export const Presence = Type.Object(
  {
    type: Type.Literal('presence'),
    segment: Key,
    probe: ProbeName,
    subject: Subject,
    seenAt: Timestamp,
  },
  { $id: 'Presence', additionalProperties: false },
)
export type Presence = Static<typeof Presence>

/** One entry of a batch. */
export const Entry = Type.Union([Observation, Presence, Coverage, TablePage], { $id: 'Entry' })
export type Entry = Static<typeof Entry>
