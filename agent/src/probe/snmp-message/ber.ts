/** The part of BER (ITU-T X.690) that SNMP uses (RFC 3417 8): definite lengths and tags of one octet. */

/** The content of one element lies from `start` up to, not including, `end`. */
export interface Element {
  tag: number
  start: number
  end: number
}

export const TAG = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
} as const

/** Unsigned 32 bits with a leading zero take five; one more is what a number of Buffer's can have. */
const MAX_INTEGER_OCTETS = 6

/** RFC 2578 3.5: an object identifier has at most 128 sub-identifiers, each below 2^32. */
const MAX_SUBIDENTIFIERS = 128
const MAX_SUBIDENTIFIER = 0xffff_ffff

/**
 * Reads the header of the element at `offset`. Lengths in more octets than needed are read, because agents
 * write them; an indefinite length, or one that leads past `limit`, is not.
 * @param tag what it must be, where that is known
 * @returns null when no such element stands there
 */
export function readElement(data: Buffer, offset: number, limit: number, tag?: number): Element | null {
  const found = data[offset]
  const first = data[offset + 1]
  if (found === undefined || first === undefined || offset + 2 > limit) return null
  if (tag !== undefined && found !== tag) return null
  if (first === 0x80) return null
  let start = offset + 2
  let length = first
  if (first > 0x80) {
    const octets = first - 0x80
    if (start + octets > limit) return null
    length = 0
    for (const end = start + octets; start < end; start++) {
      length = length * 256 + (data[start] ?? 0)
      if (length > limit) return null
    }
  }
  return start + length > limit ? null : { tag: found, start, end: start + length }
}

/** @returns null for none, or for more octets than any integer of SNMP's messages has */
export function readInteger(data: Buffer, { start, end }: Element): number | null {
  const length = end - start
  if (length < 1 || length > MAX_INTEGER_OCTETS) return null
  return data.readIntBE(start, length)
}

/**
 * @returns dotted decimals; the empty text for no octets, as some devices write an unknown sysObjectID; null
 * for what is no object identifier
 */
export function readOid(data: Buffer, { start, end }: Element): string | null {
  const arcs: number[] = []
  let arc = 0
  for (let index = start; index < end; index++) {
    const octet = data[index] ?? 0
    arc = arc * 128 + (octet & 0x7f)
    if (arc > MAX_SUBIDENTIFIER) return null
    if ((octet & 0x80) !== 0) continue
    arcs.push(...(arcs.length === 0 ? firstArcs(arc) : [arc]))
    if (arcs.length > MAX_SUBIDENTIFIERS) return null
    arc = 0
  }
  const isCutShort = end > start && ((data[end - 1] ?? 0) & 0x80) !== 0
  return isCutShort ? null : arcs.join('.')
}

/** X.690 8.19.4: the first number holds two arcs, 40 times the first, which is at most 2, plus the second. */
function firstArcs(number: number): [number, number] {
  const first = Math.min(Math.floor(number / 40), 2)
  return [first, number - 40 * first]
}

/** Writes an element around contents that are already encoded. */
export function element(tag: number, ...contents: Uint8Array[]): Buffer {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  return Buffer.concat([lengthHeader(tag, length), ...contents])
}

function lengthHeader(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(tag, length)
  return length < 0x100 ? Buffer.of(tag, 0x81, length) : Buffer.of(tag, 0x82, length >> 8, length & 0xff)
}

/** @param value between 0 and 2^31 - 1 */
export function integer(value: number): Buffer {
  const octets = Buffer.alloc(4)
  octets.writeInt32BE(value)
  // X.690 8.3.2: no superfluous leading octet; a leading zero stays where it keeps the number positive.
  let start = 0
  while (start < 3 && octets[start] === 0 && (octets[start + 1] ?? 0) < 0x80) start++
  return element(TAG.integer, octets.subarray(start))
}

export const octetString = (value: string | Uint8Array): Buffer =>
  element(TAG.octetString, Buffer.from(value))

/** @param oid dotted decimals with at least two arcs */
export function objectIdentifier(oid: string): Buffer {
  const [first = 0, second = 0, ...rest] = oid.split('.').map(Number)
  return element(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...rest].flatMap(base128)))
}

/** Seven bits an octet, the most significant first; all but the last carry the high bit. */
function base128(value: number): number[] {
  const octets = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
    octets.unshift((rest % 128) | 0x80)
  return octets
}
