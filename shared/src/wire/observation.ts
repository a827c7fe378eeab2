/** What agents report: observations, presence, coverage and tables. All of them are facts, none a conclusion. */
import { Type, type Static } from 'typebox'
import { Evidence } from '../evidence/evidence.ts'
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

const Count = Type.Integer({ minimum: 0 })

/** How much of a segment one scan tried and saw. A scan that stopped early is not complete, and says so. */
export const Coverage = Type.Object(
  {
    type: Type.Literal('coverage'),
    segment: Key,
    scan: Type.String({ minLength: 1, maxLength: 64 }),
    startedAt: Timestamp,
    endedAt: Timestamp,
    complete: Type.Boolean(),
    inScope: Count,
    excluded: Count,
    attempted: Count,
    answered: Count,
    packetsSent: Count,
    probes: Type.Array(
      Type.Object(
        {
          probe: ProbeName,
          /** The rung of the ladder that was used, or null where the probe could not run here. */
          rung: Type.Union([Type.String({ maxLength: 40 }), Type.Null()]),
          attempted: Count,
          outcomes: Type.Partial(
            Type.Object({
              answered: Count,
              refused: Count,
              'timed-out': Count,
              unreachable: Count,
              malformed: Count,
              'not-attempted': Count,
            }),
          ),
          /** Why something was not checked, in plain words; empty where everything was. */
          notChecked: Type.Optional(Type.String({ maxLength: 500 })),
        },
        { additionalProperties: false },
      ),
      { maxItems: 64 },
    ),
  },
  { $id: 'Coverage', additionalProperties: false },
)
export type Coverage = Static<typeof Coverage>

/** One entry of a batch. */
export const Entry = Type.Union([Observation, Presence, Coverage, TablePage], { $id: 'Entry' })
export type Entry = Static<typeof Entry>
