/** How an attempt to ask something ended. Refusal is not silence, and silence is not isolation. */
import { Type, type Static } from 'typebox'

/**
 * - `answered` a reply came that the probe could read
 * - `refused` the target (or a firewall in its name) said no: RST, ICMP port unreachable, SNMP authorizationError
 * - `timed-out` nothing came back in time
 * - `unreachable` the network said that there is no way: no route, ICMP host unreachable
 * - `malformed` something came back that is not the protocol
 * - `not-attempted` nothing was sent, for a reason that the coverage names
 */
export const OUTCOMES = [
  'answered',
  'refused',
  'timed-out',
  'unreachable',
  'malformed',
  'not-attempted',
] as const

export const Outcome = Type.Enum([...OUTCOMES], { $id: 'Outcome' })
export type Outcome = Static<typeof Outcome>
