/** How much one router or switch is asked for at most. */

export interface Limits {
  /** Rows of one table. */
  rows: number
  /** Milliseconds that one table may take, and all tables of a device together. */
  tableMs: number
  deviceMs: number
  /** Datagrams that one device gets. */
  packets: number
}

/**
 * A core switch of a large building has some thousand MACs: 16,384 of them are 410 datagrams. At the polite pace of
 * two a second a table may take two minutes, and a device that wants more than five is cut and says so.
 */
export const LIMITS: Limits = { rows: 16_384, tableMs: 120_000, deviceMs: 300_000, packets: 1_200 }

/**
 * Objects asked for at once, by what they are: an answer stays below the 1,472 octets that an Ethernet frame has for
 * a datagram, because small devices lose what is sent in fragments.
 */
export const OBJECTS = { number: 40, text: 20 } as const

/** Tables in which a device falls silent, or answers with an error, before it is left alone. */
export const MAX_SILENT_TABLES = 2
