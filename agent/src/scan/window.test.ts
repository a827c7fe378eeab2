import { describe, expect, test } from 'vitest'
import { isFrozen, isInWindow } from './window.ts'

const at = (text: string): number => Date.parse(text)
const COPENHAGEN = 'Europe/Copenhagen'
const night = { timeZone: COPENHAGEN, windows: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' }] }

describe('a window', () => {
  test('over midnight is open on the evening of its days and on the morning after', () => {
    // 2026-03-20 is a Friday; Copenhagen is an hour ahead of UTC.
    expect(isInWindow(night, at('2026-03-20T20:59:00Z'))).toBe(false)
    expect(isInWindow(night, at('2026-03-20T21:00:00Z'))).toBe(true)
    expect(isInWindow(night, at('2026-03-21T04:59:00Z'))).toBe(true)
    expect(isInWindow(night, at('2026-03-21T05:00:00Z'))).toBe(false)
    // Saturday evening is none of its days; neither is the early Monday after a Sunday.
    expect(isInWindow(night, at('2026-03-21T22:00:00Z'))).toBe(false)
    expect(isInWindow(night, at('2026-03-23T03:00:00Z'))).toBe(false)
  })

  test("follows the organisation's clocks through the change to summer time", () => {
    expect(isInWindow(night, at('2026-03-30T20:30:00Z'))).toBe(true)
    expect(isInWindow(night, at('2026-03-27T20:30:00Z'))).toBe(false)
  })

  test('is always open where there is none, and never in a time zone that nobody knows', () => {
    expect(isInWindow({}, 0)).toBe(true)
    expect(isInWindow({ windows: [] }, 0)).toBe(true)
    expect(isInWindow({ ...night, timeZone: 'Mars/Base' }, at('2026-03-20T21:00:00Z'))).toBe(false)
  })

  test('is looked up anew for each moment: a clock that jumps by days back or forward moves nothing else', () => {
    const friday = at('2026-03-20T21:00:00Z')
    const day = 86_400_000
    expect([-7, -1, 0, 1, 3].map((days) => isInWindow(night, friday + days * day))).toEqual([
      true,
      true,
      true,
      false,
      true,
    ])
  })
})

test('a freeze holds from its beginning until before its end', () => {
  const freezes = [{ from: '2026-12-20T00:00:00.000Z', to: '2027-01-04T00:00:00.000Z', reason: 'jul' }]
  expect(
    ['2026-12-19T23:59:59Z', '2026-12-20T00:00:00Z', '2027-01-03T23:59:59Z', '2027-01-04T00:00:00Z'].map(
      (text) => isFrozen({ freezes }, at(text)),
    ),
  ).toEqual([false, true, true, false])
})
