/** Tests of when the next scan is due. */
import { POLITE_PACE, type PolicySegment } from '@ophav/shared'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dueAt, nextDue } from './due.ts'

const segment = (key: string, intervalSeconds: number): PolicySegment => ({
  key,
  name: key,
  ranges: [],
  exclusions: [],
  pace: POLITE_PACE,
  probes: [],
  intervalSeconds,
})

const NOW = 1_724_752_800_000

test('what was never scanned is due at once, the rest by its interval', () => {
  const segments = [segment('a', 60), segment('b', 3600), segment('c', 60)]
  expect(nextDue(segments, { a: NOW, b: NOW }, new Map(), NOW)).toMatchObject({
    segment: { key: 'c' },
    at: 0,
  })
  expect(nextDue(segments.slice(0, 2), { a: NOW, b: NOW }, new Map(), NOW)).toMatchObject({
    segment: { key: 'a' },
    at: NOW + 60_000,
  })
  expect(nextDue([], {}, new Map(), NOW)).toBeNull()
})

test('a clock that was set back does not stop the scans', () => {
  const [only] = [segment('a', 60)]
  expect(nextDue([only], { a: NOW + 86_400_000 }, new Map(), NOW)?.at).toBe(0)
})

test('a scan is never early, and late by a tenth of its interval or a minute at most', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 10, max: 31 * 86_400 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (seconds, lot) => {
        const late = dueAt(segment('a', seconds), NOW, lot) - NOW - seconds * 1000
        expect(late).toBeGreaterThanOrEqual(0)
        expect(late).toBeLessThanOrEqual(Math.min(seconds * 100, 60_000))
      },
    ),
  ))
