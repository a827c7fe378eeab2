/** Addresses in random order: ascending, one switch, one gateway or one wing of a building would get all at once. */
import { randomFillSync } from 'node:crypto'

/** Unguessable 32-bit numbers. */
export const randomNumbers = (count: number): Uint32Array => randomFillSync(new Uint32Array(count))

/** Fisher-Yates, on a copy. */
export function shuffled(numbers: Iterable<number>): Uint32Array {
  const order = Uint32Array.from(numbers)
  const random = randomNumbers(order.length)
  for (let last = order.length - 1; last > 0; last--) {
    const other = (random[last] ?? 0) % (last + 1)
    const moved = order[last] ?? 0
    order[last] = order[other] ?? 0
    order[other] = moved
  }
  return order
}
