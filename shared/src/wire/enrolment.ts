/** Enrolment: how an agent and a collector come to know each other's keys, with a one-time token. */
import { Type, type Static } from 'typebox'
import { AgentId } from './field.ts'
import { PublicKeyText } from '../trust/key.ts'

export const EnrolmentRequest = Type.Object(
  {
    token: Type.String({ minLength: 16, maxLength: 200 }),
    name: Type.String({ minLength: 1, maxLength: 120 }),
    publicKey: PublicKeyText,
    /** The agent's age recipient (`age1...`), to which secrets are sealed. */
    recipient: Type.String({ minLength: 62, maxLength: 80, pattern: '^age1[0-9a-z]+$' }),
    version: Type.String({ maxLength: 40 }),
    platform: Type.String({ maxLength: 80 }),
  },
  { $id: 'EnrolmentRequest', additionalProperties: false },
)
export type EnrolmentRequest = Static<typeof EnrolmentRequest>

export const EnrolmentReceipt = Type.Object(
  {
    agent: AgentId,
    /** `pending` until an operator approves the key's fingerprint on the collector. */
    status: Type.Enum(['pending', 'approved']),
    /** The key that the agent pins: it accepts policies signed with no other. */
    collectorKey: PublicKeyText,
  },
  { $id: 'EnrolmentReceipt', additionalProperties: false },
)
export type EnrolmentReceipt = Static<typeof EnrolmentReceipt>

/** What every failed request gets, with a code from the table. */
export const ErrorReply = Type.Object(
  {
    error: Type.Object({
      code: Type.String(),
      message: Type.String(),
      detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
  },
  { $id: 'ErrorReply' },
)
export type ErrorReply = Static<typeof ErrorReply>
