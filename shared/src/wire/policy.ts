/** Policy: what an agent may do, signed by the collector. Without one an agent sends no packet. */
import { Type, type Static } from 'typebox'
import { Activity } from './activity.ts'
import { Address, AgentId, Key, ProbeName, Timestamp } from './field.ts'
import { SegmentSafety } from './safety.ts'

export const POLICY_TYPE = 'application/vnd.ophav.policy+json; version=1'
export const POLICY_REQUEST_TYPE = 'application/vnd.ophav.policy-request+json; version=1'

/** An IPv4 range as `parseRange` reads it. */
const RangeText = Type.String({ minLength: 1, maxLength: 40 })

/**
 * How fast an agent may send. `sweep` is the budget of probes that touch each address once,
 * `device` that of questions to devices; 0 means without limit.
 */
export const Pace = Type.Object(
  {
    sweepPacketsPerSecond: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    devicePacketsPerSecond: Type.Number({ minimum: 0, maximum: 1_000_000 }),
    packetsPerSecondPerDevice: Type.Number({ minimum: 0, maximum: 1_000 }),
    concurrentDevices: Type.Integer({ minimum: 1, maximum: 1_024 }),
  },
  { $id: 'Pace', additionalProperties: false },
)
export type Pace = Static<typeof Pace>

/** Gentle to cameras of every age; the sweep budget finishes a /24 in a second and a /16 in about four minutes. */
export const POLITE_PACE: Pace = {
  sweepPacketsPerSecond: 500,
  devicePacketsPerSecond: 50,
  packetsPerSecondPerDevice: 2,
  concurrentDevices: 32,
}

/** For benchmarks, and for those who ask. */
export const FULL_PACE: Pace = {
  sweepPacketsPerSecond: 0,
  devicePacketsPerSecond: 0,
  packetsPerSecondPerDevice: 0,
  concurrentDevices: 64,
}

/** A segment as its agent sees it: only addresses in `ranges` and not in `exclusions` may get a packet. */
export const PolicySegment = Type.Object(
  {
    key: Key,
    name: Type.String({ minLength: 1, maxLength: 200 }),
    ranges: Type.Array(RangeText, { maxItems: 256 }),
    exclusions: Type.Array(RangeText, { maxItems: 1024 }),
    pace: Pace,
    /** Probes that may run here; the agent runs those of them that it has. */
    probes: Type.Array(ProbeName, { maxItems: 64 }),
    /** Seconds between the starts of two scans. */
    intervalSeconds: Type.Integer({ minimum: 10, maximum: 31 * 86_400 }),
    safety: Type.Optional(SegmentSafety),
    /** `passive`: the agent only listens and sends no packet to anybody here. Absent is active. */
    mode: Type.Optional(Type.Enum(['active', 'passive'])),
  },
  { $id: 'PolicySegment', additionalProperties: false },
)
export type PolicySegment = Static<typeof PolicySegment>

const Secret = Type.String({ minLength: 1, maxLength: 256 })

/** SNMP credentials (RFC 1157, 1901, 3414, 7860, 3826). They travel only sealed to one agent. */
export const SnmpCredential = Type.Union(
  [
    Type.Object({ version: Type.Enum(['1', '2c']), community: Secret }, { additionalProperties: false }),
    Type.Object(
      {
        version: Type.Literal('3'),
        user: Secret,
        authProtocol: Type.Optional(Type.Enum(['md5', 'sha', 'sha224', 'sha256', 'sha384', 'sha512'])),
        authKey: Type.Optional(Secret),
        privProtocol: Type.Optional(Type.Enum(['des', 'aes', 'aes256b', 'aes256r'])),
        privKey: Type.Optional(Secret),
      },
      { additionalProperties: false },
    ),
  ],
  { $id: 'SnmpCredential' },
)
export type SnmpCredential = Static<typeof SnmpCredential>

/** The plaintext of `Policy.sealedCredentials`: credentials by segment key, tried in this order. */
export const CredentialSet = Type.Record(Type.String(), Type.Array(SnmpCredential, { maxItems: 16 }))
export type CredentialSet = Static<typeof CredentialSet>

export const Policy = Type.Object(
  {
    agent: AgentId,
    /** Counts up; an agent refuses a lower one, so that an old policy cannot be replayed. */
    revision: Type.Integer({ minimum: 1 }),
    issuedAt: Timestamp,
    segments: Type.Array(PolicySegment, { maxItems: 64 }),
    /** A `CredentialSet`, age-encrypted to the agent's recipient, in base64; absent where there is none. */
    sealedCredentials: Type.Optional(Type.String({ maxLength: 262_144 })),
  },
  { $id: 'Policy', additionalProperties: false },
)
export type Policy = Static<typeof Policy>

/** An agent's signed question for its policy; the time bounds a replay. */
export const PolicyRequest = Type.Object(
  {
    agent: AgentId,
    at: Timestamp,
    revision: Type.Integer({ minimum: 0, description: 'the revision that the agent holds' }),
    version: Type.String({ maxLength: 40 }),
    /** What the agent found about its own interfaces, so that the collector can propose segments. */
    interfaces: Type.Array(
      Type.Object({
        name: Type.String({ maxLength: 40 }),
        address: Address,
        prefix: Type.Integer({ minimum: 0, maximum: 128 }),
      }),
      { maxItems: 64 },
    ),
    /** What the agent is doing at this moment. */
    activity: Type.Optional(Activity),
  },
  { $id: 'PolicyRequest', additionalProperties: false },
)
export type PolicyRequest = Static<typeof PolicyRequest>
