/** What asking one device may cost. */

/** RFC 3417 3.1. */
export const SNMP_PORT = 161

/** A device that answers all costs about ten; one that wants everything one by one, or loses much, stays below this. */
export const MAX_PACKETS = 40
