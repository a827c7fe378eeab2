import { describe, expect, test } from 'vitest'
import { LossSample } from './loss-sample.ts'

/** Asks `asked` targets again, of which those that `isHeard` answer after a millisecond. */
function sampleOf(asked: number, isHeard: (target: number) => boolean): LossSample {
  const sample = new LossSample({ min: 20, max: 100 })
  for (let target = 0; target < asked; target++) {
    sample.offer(target)
    for (const drawn of sample.draw(8, 0)) if (isHeard(drawn)) sample.hear(drawn, 1)
  }
  return sample
}

describe('the sample that measures loss', () => {
  test('calls a network lossy that swallows one in a hundred, and not one that answers to all', () => {
    expect(sampleOf(3_000, (target) => target % 100 !== 0).isLossy(1_000)).toBe(true)
    expect(sampleOf(3_000, () => true).isLossy(1_000)).toBe(false)
  })

  test('lets answers come that are not late yet', () => {
    const sample = sampleOf(3_000, (target) => target < 2_900)
    expect([sample.quiet, sample.isLossy(99), sample.isLossy(100)]).toEqual([100, false, true])
  })

  test('says nothing of a few', () => {
    expect(sampleOf(1_000, () => true).isMeaningful).toBe(false)
    expect(sampleOf(2_500, () => true).isMeaningful).toBe(true)
  })

  test('is not taken at a polite pace, nor of a small segment', () => {
    const quiet = { min: 20, max: 100 }
    expect(LossSample.of(65_536, { sweepPacketsPerSecond: 500 }, quiet)).toBeNull()
    expect(LossSample.of(254, { sweepPacketsPerSecond: 0 }, quiet)).toBeNull()
    expect(LossSample.of(65_536, { sweepPacketsPerSecond: 0 }, quiet)).not.toBeNull()
  })

  test('asks no more than it needs, each target once', () => {
    const sample = new LossSample({ min: 20, max: 100 })
    for (let target = 0; target < 10_000; target++) sample.offer(target)
    const drawn = Array.from({ length: 1_000 }, () => sample.draw(8, 0)).flat()
    expect(new Set(drawn).size).toBe(drawn.length)
    expect(drawn.length).toBe(3_000)
  })

  test('is as patient as the slowest answer asks for, within its limits', () => {
    const sample = new LossSample({ min: 20, max: 100 })
    const slow = (milliseconds: number) => {
      sample.offer(milliseconds)
      sample.draw(1, 0)
      sample.hear(milliseconds, milliseconds)
      return sample.quiet
    }
    expect([slow(1), slow(10), slow(500)]).toEqual([20, 40, 100])
  })
})
