/** When a segment may be scanned, and when a device is left alone: the agent enforces both below every probe. */
import { Type, type Static } from 'typebox'
import { Timestamp } from './field.ts'

const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' })

/** From `from` to `to` on these days, in the segment's time zone; where `to` is not after `from`, on the next day. */
export const ScanWindow = Type.Object(
  {
    /** ISO 8601: 1 is Monday, 7 Sunday. The day on which the window opens. */
    days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { minItems: 1, maxItems: 7 }),
    from: TimeOfDay,
    to: TimeOfDay,
  },
  { $id: 'ScanWindow', additionalProperties: false },
)
export type ScanWindow = Static<typeof ScanWindow>

/** A time in which nothing is scanned: a change freeze, an election day. */
export const Freeze = Type.Object(
  { from: Timestamp, to: Timestamp, reason: Type.String({ minLength: 1, maxLength: 200 }) },
  { $id: 'Freeze', additionalProperties: false },
)
export type Freeze = Static<typeof Freeze>

/** When a device is left alone. */
export const LatencyLimit = Type.Object(
  {
    /** So many times its own usual round-trip time is too slow; 0 never is. */
    factor: Type.Number({ minimum: 0, maximum: 1_000 }),
    /** How long a device rests the first time; each further rest is twice as long. */
    restSeconds: Type.Number({ minimum: 0, maximum: 3_600 }),
    /** After so many rests the device is left alone for the rest of the scan. */
    rests: Type.Integer({ minimum: 0, maximum: 10 }),
  },
  { $id: 'LatencyLimit', additionalProperties: false },
)
export type LatencyLimit = Static<typeof LatencyLimit>

/** Everything about a segment's safety that has a default: absent is the default. */
export const SegmentSafety = Type.Object(
  {
    /** Empty or absent: at any time. */
    windows: Type.Optional(Type.Array(ScanWindow, { maxItems: 32 })),
    freezes: Type.Optional(Type.Array(Freeze, { maxItems: 64 })),
    /** IANA name; the organisation's own. UTC where absent. */
    timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
    /** The kill switch: nothing is scanned while it is set. */
    halted: Type.Optional(Type.Boolean()),
    latency: Type.Optional(LatencyLimit),
  },
  { $id: 'SegmentSafety', additionalProperties: false },
)
export type SegmentSafety = Static<typeof SegmentSafety>
