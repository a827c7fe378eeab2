import { FULL_PACE, POLITE_PACE } from '@ophav/shared'
import { expect, test } from 'vitest'
import { createPacer, type Clock } from './pace.ts'

const never = new AbortController().signal

test('full speed waits for nothing', () => {
  const pacer = createPacer(FULL_PACE, never)
  expect([pacer.take('sweep', 1_000_000, null), pacer.take('device', 1_000_000, '10.0.0.1')]).toEqual([
    null,
    null,
  ])
  expect(pacer.burst('sweep')).toBe(Infinity)
})

/** A clock that moves only while somebody waits. */
function patientClock(): Clock {
  let now = 0
  return {
    now: () => now,
    wait: async (milliseconds) => {
      now += milliseconds
    },
  }
}

test('no second holds more packets than the pace and one burst', async () => {
  const clock = patientClock()
  const pacer = createPacer({ ...POLITE_PACE, sweepPacketsPerSecond: 100 }, never, clock)
  const sentAt: number[] = []
  for (let packet = 0; packet < 300; packet++) {
    await pacer.take('sweep', 1, null)
    sentAt.push(clock.now())
  }
  const inSecond = (from: number) => sentAt.filter((at) => at >= from && at < from + 1_000).length
  expect(Math.max(...sentAt.map(inSecond))).toBeLessThanOrEqual(100 + pacer.burst('sweep'))
  expect(clock.now()).toBeGreaterThan(2_900)
})

test('a process that was held up does not make up for it in one go', async () => {
  let now = 0
  const sentAt: number[] = []
  let waits = 0
  const clock: Clock = {
    now: () => now,
    // Now and then the system lets it wait far longer than it asked for.
    wait: async (milliseconds) => void (now += ++waits % 20 === 0 ? 400 : milliseconds),
  }
  const pacer = createPacer({ ...POLITE_PACE, devicePacketsPerSecond: 50 }, never, clock)
  await Promise.all(
    Array.from({ length: 300 }, async (_, device) => {
      await pacer.take('device', 1, `10.0.${device >> 8}.${device & 255}`)
      sentAt.push(now)
    }),
  )
  const inSecond = (from: number) => sentAt.filter((at) => at >= from && at < from + 1_000).length
  expect(Math.max(...sentAt.map(inSecond))).toBeLessThanOrEqual(50 + 3)
})

test('one device gets no more than its own share, while others are asked', () => {
  const pacer = createPacer({ ...FULL_PACE, packetsPerSecondPerDevice: 2 }, never, patientClock())
  expect(pacer.take('device', 2, '10.0.0.1')).toBeNull()
  expect(pacer.take('device', 2, '10.0.0.2')).toBeNull()
  expect(pacer.take('device', 1, '10.0.0.1')).not.toBeNull()
})

test('a stop ends the wait', async () => {
  const stop = new AbortController()
  const pacer = createPacer({ ...FULL_PACE, sweepPacketsPerSecond: 1 }, stop.signal)
  // More than the bucket holds leaves a debt for those who come after it.
  expect(pacer.take('sweep', 1_000, null)).toBeNull()
  const wait = pacer.take('sweep', 1, null)
  stop.abort()
  await expect(wait).rejects.toThrow('aborted')
})
