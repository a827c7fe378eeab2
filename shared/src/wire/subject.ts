/** Whom a fact is about. */
import { Type, type Static } from 'typebox'
import { Address, MacText } from './field.ts'

/**
 * Whom a probe heard or asked. An address means something only within its segment; a frame without an
 * IP address still has a MAC.
 */
export const Subject = Type.Object(
  { address: Type.Optional(Address), mac: Type.Optional(MacText) },
  { $id: 'Subject', additionalProperties: false, minProperties: 1 },
)
export type Subject = Static<typeof Subject>
