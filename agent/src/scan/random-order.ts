/** Addresses in random order: ascending, one switch, one gateway or one wing of a building would get all at once. */
import { createHash, randomBytes, randomFillSync } from 'node:crypto'

/** Unguessable 32-bit numbers. */
export const randomNumbers = (count: number): Uint32Array => randomFillSync(new Uint32Array(count))

/** Fisher-Yates, on a copy. */
export const shuffled = (numbers: Iterable<number>): Uint32Array =>
  shuffledBy(numbers, (count) => randomNumbers(count))

/** 128 bits in hexadecimal: kept with a scan, it gives the same order again after an interruption. */
export const drawSeed = (): string => randomBytes(16).toString('hex')

/** As `shuffled`; the same seed gives the same order. */
export const shuffledFrom = (seed: string, numbers: Iterable<number>): Uint32Array =>
  shuffledBy(numbers, (count) => seededNumbers(seed, count))

function shuffledBy(numbers: Iterable<number>, draw: (count: number) => Uint32Array): Uint32Array {
  const order = Uint32Array.from(numbers)
  const random = draw(order.length)
  for (let last = order.length - 1; last > 0; last--) {
    const other = (random[last] ?? 0) % (last + 1)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}

/** SHAKE-256 (FIPS 202) stretches the seed to as many numbers as are wanted. */
function seededNumbers(seed: string, count: number): Uint32Array {
  const octets = createHash('shake256', { outputLength: Math.max(4, count * 4) })
    .update(seed)
    .digest()
  return Uint32Array.from({ length: count }, (_, index) => octets.readUInt32LE(index * 4))
}
