/** What an agent is doing at the moment: the same that its terminal would show. */
import { Type, type Static } from 'typebox'
import { Key, Timestamp } from './field.ts'
import { NOT_ATTEMPTED_REASONS } from './scan-result.ts'

const Count = Type.Integer({ minimum: 0 })

export const Activity = Type.Object(
  {
    at: Timestamp,
    segment: Key,
    /** `waiting` for a window, a freeze or a switch to allow it: `reason` says which. */
    state: Type.Enum(['scanning', 'waiting']),
    reason: Type.Optional(Type.Enum([...NOT_ATTEMPTED_REASONS])),
    /** The phase's title. */
    phase: Type.Optional(Type.String({ maxLength: 200 })),
    done: Type.Optional(Count),
    total: Type.Optional(Count),
    found: Type.Optional(Count),
    /** Seconds until the phase is over, at the rate so far. */
    secondsLeft: Type.Optional(Count),
  },
  { $id: 'Activity', additionalProperties: false },
)
export type Activity = Static<typeof Activity>
