/** A scan in pieces: what is lost when the agent is killed is one of them, and no more. */
import { AddressSet, type Pace } from '@ophav/shared/value'
import type { AddressMarks } from './address-marks.ts'
import { shuffledFrom } from './random-order.ts'

/** A sweep asks each address twice at most: a piece is then swept in some eight seconds. */
const CHUNK_SECONDS = 4

/** Below it the waiting at each piece's end costs more than the piece; above it too much would be repeated. */
const CHUNK_SIZE = { min: 256, max: 4_096 }

/** At full speed a /16 is swept in a second or two: pieces would only cost their ends. */
const FULL_SPEED_SIZE = 65_536

/** How many addresses a piece has. */
export function chunkSize({ sweepPacketsPerSecond }: Pace): number {
  if (sweepPacketsPerSecond <= 0) return FULL_SPEED_SIZE
  const size = Math.round(sweepPacketsPerSecond * CHUNK_SECONDS)
  return Math.min(Math.max(size, CHUNK_SIZE.min), CHUNK_SIZE.max)
}

/** The addresses that are not done, in the order that the seed gives, in pieces. */
export function cutChunks(scope: AddressSet, done: AddressMarks, seed: string, size: number): AddressSet[] {
  if (done.count === 0 && scope.size <= size) return scope.size > 0 ? [scope] : []
  const order = shuffledFrom(seed, scope).filter((address) => !done.has(address))
  const chunks: AddressSet[] = []
  for (let offset = 0; offset < order.length; offset += size)
    chunks.push(setOf(order.subarray(offset, offset + size)))
  return chunks
}

const setOf = (addresses: Iterable<number>): AddressSet =>
  new AddressSet(Array.from(addresses, (address) => [address, address] as const))
