import { DEFAULT_LATENCY } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { DeviceWatch } from './device-watch.ts'

const DEVICE = '10.0.0.1'

function watched(limit = DEFAULT_LATENCY) {
  let clock = 0
  const rests: [reason: string, milliseconds: number | null][] = []
  const watch = new DeviceWatch({
    limit,
    now: () => clock,
    onRest: (_address, reason, milliseconds) => rests.push([reason, milliseconds]),
  })
  const pass = (milliseconds: number) => void (clock += milliseconds)
  const exchange = (milliseconds: number) => {
    watch.sent(DEVICE, 161, Uint8Array.of(1))
    pass(milliseconds)
    watch.heard(DEVICE, 161)
  }
  return { watch, rests, pass, exchange }
}

describe('a device whose answers take three times as long as usual', () => {
  test('rests, twice as long the next time, and is then left alone', () => {
    const { watch, rests, pass, exchange } = watched()
    for (const took of [60, 80, 70, 650, 660]) exchange(took)
    expect(watch.restLeft(DEVICE)).toBe(0)
    exchange(640)
    expect(watch.restLeft(DEVICE)).toBe(30_000)
    pass(30_000)
    expect(watch.restLeft(DEVICE)).toBe(0)
    for (const took of [700, 700, 700]) exchange(took)
    expect(watch.restLeft(DEVICE)).toBe(60_000)
    pass(60_000)
    for (const took of [700, 700, 700]) exchange(took)
    expect(watch.restLeft(DEVICE)).toBe(Infinity)
    expect(watch.whyGivenUp(DEVICE)).toBe('latency')
    expect(rests).toEqual([
      ['latency', 30_000],
      ['latency', 60_000],
      ['latency', null],
    ])
  })

  test('is known by its own usual time: one that was always slow is not left alone', () => {
    const { watch, exchange } = watched()
    for (let count = 0; count < 20; count++) exchange(600)
    expect(watch.restLeft(DEVICE)).toBe(0)
  })

  test('is judged by each service alone: a slow one does not make a fast one slow', () => {
    const { watch, exchange } = watched()
    for (let count = 0; count < 5; count++) exchange(5)
    for (let count = 0; count < 9; count++) watch.roundTrip(DEVICE, 'tcp 80', 800)
    for (let count = 0; count < 5; count++) exchange(5)
    expect(watch.restLeft(DEVICE)).toBe(0)
    for (let count = 0; count < 3; count++) watch.roundTrip(DEVICE, 'tcp 80', 2_500)
    expect(watch.restLeft(DEVICE)).toBe(30_000)
  })

  test('is not taken for one whose single answer was late, nor for one that is still fast', () => {
    const { watch, exchange } = watched()
    for (const took of [1, 1, 1, 5, 900, 5, 5, 800, 5, 6, 5, 5]) exchange(took)
    expect(watch.restLeft(DEVICE)).toBe(0)
  })
})

describe('a device that has answered and falls silent', () => {
  test('comes under suspicion after several questions over some time, with a question that it knows', () => {
    const { watch, pass, exchange } = watched()
    exchange(10)
    for (let count = 0; count < 3; count++) watch.sent(DEVICE, 162, Uint8Array.of(2))
    expect(watch.suspicion(DEVICE)).toBeNull()
    pass(2_000)
    expect(watch.suspicion(DEVICE)).toEqual({ port: 161, data: Uint8Array.of(1) })
    watch.heard(DEVICE, 161)
    expect(watch.suspicion(DEVICE)).toBeNull()
  })

  test('is not the one that has never answered: nobody knows what it would', () => {
    const { watch, pass } = watched()
    for (let count = 0; count < 9; count++) watch.sent(DEVICE, 161, Uint8Array.of(1))
    pass(9_000)
    expect(watch.suspicion(DEVICE)).toBeNull()
  })
})

test('forgotten devices leave nothing behind, those that are left alone stay so', () => {
  const { watch, exchange } = watched({ factor: 3, restSeconds: 1, rests: 0 })
  exchange(10)
  watch.rest(DEVICE, 'backoff')
  watch.forget(DEVICE)
  expect(watch.restLeft(DEVICE)).toBe(Infinity)
  expect(watch.restLeft('10.0.0.2')).toBe(0)
})
