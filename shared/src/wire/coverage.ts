/** Coverage: how much of a segment one scan tried, what came of it, and why the rest was not tried. */
import { Type, type Static } from 'typebox'
import { MAX_LISTED_UNSEEN } from '../coverage/listed.ts'
import { Address, Key, ProbeName, Timestamp } from './field.ts'
import { NOT_ATTEMPTED_REASONS, SCAN_RESULTS } from './scan-result.ts'

const Count = Type.Integer({ minimum: 0 })

/** A scan that stopped early is not complete, and says so. */
export const Coverage = Type.Object(
  {
    type: Type.Literal('coverage'),
    segment: Key,
    /** The same for all parts of a scan that was interrupted and resumed. */
    scan: Type.String({ minLength: 1, maxLength: 64 }),
    startedAt: Timestamp,
    endedAt: Timestamp,
    complete: Type.Boolean(),
    /** Absent where an agent does not tell. */
    result: Type.Optional(Type.Enum([...SCAN_RESULTS])),
    /** What `result` rests on, in plain words. */
    because: Type.Optional(Type.String({ maxLength: 500 })),
    inScope: Count,
    excluded: Count,
    /** Addresses that got at least one packet: answered + refused + silent. */
    attempted: Count,
    answered: Count,
    /** Addresses that said no, and from which nothing else came. */
    refused: Type.Optional(Count),
    silent: Type.Optional(Count),
    /** Addresses that got no packet (`addresses`), or devices that got fewer than they should (`devices`). */
    notAttempted: Type.Optional(
      Type.Array(
        Type.Object(
          {
            reason: Type.Enum([...NOT_ATTEMPTED_REASONS]),
            addresses: Count,
            devices: Count,
          },
          { additionalProperties: false },
        ),
        { maxItems: NOT_ATTEMPTED_REASONS.length },
      ),
    ),
    /** Whom routers list at addresses of the scope, and who said nothing: some of them, and how many there are. */
    listedUnseen: Type.Optional(
      Type.Object(
        { count: Count, addresses: Type.Array(Address, { maxItems: MAX_LISTED_UNSEEN }) },
        { additionalProperties: false },
      ),
    ),
    /** How often the scan was taken up again after an interruption. */
    resumed: Type.Optional(Count),
    /** The policy under which the last part ran. */
    policyRevision: Type.Optional(Count),
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
          /** Packets sent, in so many batches: the sum of the agent's audit trail. */
          packets: Type.Optional(Count),
          batches: Type.Optional(Count),
        },
        { additionalProperties: false },
      ),
      { maxItems: 64 },
    ),
  },
  { $id: 'Coverage', additionalProperties: false },
)
export type Coverage = Static<typeof Coverage>
