/** Fields that several messages on the wire share. */
import { Type } from 'typebox'

/** RFC 3339 in UTC, as `Date.toISOString` writes it: the one form, so that text order is time order. */
export const Timestamp = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$',
  description: 'RFC 3339, UTC, milliseconds',
})

/** A segment's or administration's short name: stands in URLs, files and tables. */
export const Key = Type.String({ minLength: 1, maxLength: 64, pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{N}._-]*$' })

export const AgentId = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  description: 'UUID of the agent, given by the collector',
})

/** IPv4 or IPv6 in text; the zone of a link-local address stays with the agent. */
export const Address = Type.String({ minLength: 2, maxLength: 45, pattern: '^[0-9a-fA-F.:]+$' })

export const MacText = Type.String({ pattern: '^[0-9a-f]{2}(:[0-9a-f]{2}){5}$' })

/** The name of a probe's folder. */
export const ProbeName = Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' })
