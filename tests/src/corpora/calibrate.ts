/** Fits what confidence should be said to how often it is right: isotonic regression, in a few knots. */

export interface Point {
  /** What the weights give, 0 to 1. */
  raw: number
  isRight: boolean
}

interface Block {
  raw: number
  right: number
  count: number
}

/** No number of right answers makes the next one certain. */
const MOST = 0.995
/** Each block is judged as if it had one right and one wrong answer more: a few answers prove little. */
const PRIOR = 1
/** Blocks with fewer answers are joined with their neighbour. */
const FEWEST = 25

/**
 * Pool adjacent violators: the best rising curve through the points.
 * @returns knots of raw confidence and how often it is right, rising in both
 */
export function fitCalibration(points: readonly Point[]): [raw: number, said: number][] {
  const sorted = [...points].sort((a, b) => a.raw - b.raw)
  const blocks: Block[] = []
  for (const { raw, isRight } of sorted) {
    const last = blocks.at(-1)
    if (last && (last.count < FEWEST || last.raw / last.count === raw)) {
      last.raw += raw
      last.right += Number(isRight)
      last.count++
    } else blocks.push({ raw, right: Number(isRight), count: 1 })
  }
  for (let at = 1; at < blocks.length;) {
    const before = blocks[at - 1] as Block
    const here = blocks[at] as Block
    if (shareOf(before) <= shareOf(here)) at++
    else {
      blocks.splice(at - 1, 2, {
        raw: before.raw + here.raw,
        right: before.right + here.right,
        count: before.count + here.count,
      })
      at = Math.max(1, at - 1)
    }
  }
  return blocks.map((block) => [rounded(block.raw / block.count), rounded(Math.min(MOST, shareOf(block)))])
}

const shareOf = ({ right, count }: Block): number => (right + PRIOR) / (count + 2 * PRIOR)
const rounded = (value: number): number => Math.round(value * 1000) / 1000
