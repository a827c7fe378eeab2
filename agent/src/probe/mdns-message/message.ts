/** Multicast DNS messages (RFC 6762), through the codec of dns-packet. */
import { decode, encode, type Answer, type Question } from 'dns-packet'

/** RFC 6762 3: the group is 224.0.0.251. */
export const MDNS_PORT = 5353
export const MDNS_GROUP = '224.0.0.251'

/** RFC 6762 17: no message is longer. */
const MAX_OCTETS = 9_000
/** A device that says more than this says it to exhaust the listener. */
const MAX_RECORDS = 512

export type Record = Extract<Answer, { name: string }>

export interface Ask {
  name: string
  type: 'PTR' | 'SRV' | 'TXT' | 'ANY'
}

/** @param id repeated in the answer by those who answer directly (RFC 6762 6.7); 0 towards the group */
export function encodeQuery(id: number, asks: readonly Ask[]): Uint8Array {
  const questions = asks.map(({ name, type }) => ({ name, type, class: 'IN' }) as Question)
  return encode({ type: 'query', id, flags: 0, questions })
}

export interface Response {
  id: number
  records: Record[]
}

/** @returns `malformed` for what is no DNS message, null for a question of somebody else */
export function readResponse(data: Buffer): Response | 'malformed' | null {
  if (data.length > MAX_OCTETS) return 'malformed'
  try {
    const packet = decode(data)
    if (packet.type !== 'response') return null
    const records = [...(packet.answers ?? []), ...(packet.additionals ?? [])]
      .slice(0, MAX_RECORDS)
      .filter((record): record is Record => record.type !== 'OPT')
    return { id: packet.id ?? 0, records }
  } catch {
    return 'malformed'
  }
}
