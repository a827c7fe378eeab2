import { expect, test } from 'vitest'
import type { Heard } from '../probe/probe.ts'
import { HeardTable, RETAIN_MS } from './heard-table.ts'

const mac = (index: number) =>
  `00:25:90:00:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`
const heard = (index: number, ...values: string[]): Heard => ({
  mac: mac(index),
  address: `10.0.${index >> 8}.${index & 255}`,
  evidence: values.map((value) => ({ kind: 'hostname', value })),
})
const said = (table: HeardTable) =>
  table
    .take()
    .map(
      ({ probe, result }) =>
        `${probe} ${result.address} ${result.evidence.map(({ value }) => String(value)).join(',')}`,
    )

test('who says the same again is not reported again; who says more is, with all of it', () => {
  const table = new HeardTable()
  table.beginRound(0)
  table.add('a', heard(1, 'x'), 1)
  expect(said(table)).toEqual(['a 10.0.0.1 x'])
  table.add('a', heard(1, 'x'), 2)
  expect(said(table)).toEqual([])
  table.add('a', heard(1, 'y'), 3)
  table.add('b', heard(1, 'z'), 4)
  expect(said(table)).toEqual(['a 10.0.0.1 x,y', 'b 10.0.0.1 z'])
})

test('in a new round who is heard again is reported again, with what was said before', () => {
  const table = new HeardTable()
  table.beginRound(0)
  table.add('a', heard(1, 'x'), 1)
  table.take()
  table.beginRound(1_000)
  expect(table.counts()).toEqual(new Map())
  table.add('a', heard(1), 1_001)
  expect(said(table)).toEqual(['a 10.0.0.1 x'])
  expect([table.counts(), table.addresses()]).toEqual([new Map([['a', 1]]), new Set(['10.0.0.1'])])
})

test('what is older than a day is forgotten, of a device that is there and with one that is not', () => {
  const table = new HeardTable()
  table.beginRound(0)
  table.add('a', heard(1, 'old'), 0)
  table.add('a', heard(2, 'gone'), 0)
  table.add('a', heard(1, 'new'), RETAIN_MS)
  table.take()
  table.beginRound(RETAIN_MS + 1)
  table.add('a', heard(1), RETAIN_MS + 2)
  expect(said(table)).toEqual(['a 10.0.0.1 new'])
  expect(table.size).toBe(1)
})

test('a flood of senders fills the table and no more; those who were there stay, and the next rounds let go of it', () => {
  const table = new HeardTable({ subjects: 100, characters: 1_000_000 })
  table.beginRound(0)
  table.add('a', heard(1, 'camera'), 1)
  for (let index = 2; index < 5_000; index++) table.add('a', heard(index), 2)
  expect([table.size, table.refused]).toEqual([100, 4_899])
  table.take()
  table.beginRound(10)
  expect(table.refused).toBe(0)
  table.add('a', heard(1, 'camera'), 11)
  table.beginRound(20)
  expect(table.size).toBe(1)
  table.add('a', heard(1, 'camera'), 21)
  expect(said(table)).toEqual(['a 10.0.0.1 camera'])
})

test('one sender that says without end, and many that say much, are kept within bounds', () => {
  const table = new HeardTable({ subjects: 100, characters: 20_000 })
  table.beginRound(0)
  for (let index = 0; index < 1_000; index++) table.add('a', heard(1, `name ${index}`), 1)
  const [one] = table.take()
  expect(one?.result.evidence.length).toBe(48)
  for (let index = 2; index < 90; index++) table.add('a', heard(index, 'x'.repeat(1_000)), 1)
  const characters = table
    .take()
    .flatMap(({ result }) => result.evidence)
    .reduce((sum, piece) => sum + JSON.stringify(piece).length, 0)
  expect(characters).toBeGreaterThan(10_000)
  expect(characters).toBeLessThan(20_000)
  expect(table.refused).toBeGreaterThan(950)
})

test('the room of what was forgotten is free again', () => {
  const table = new HeardTable({ subjects: 100, characters: 5_000 })
  for (let round = 0; round < 50; round++) {
    table.beginRound(round * 2 * RETAIN_MS)
    for (let index = 0; index < 4; index++)
      table.add('a', heard(index, `${round}`.padEnd(1_000, 'x')), round * 2 * RETAIN_MS)
    expect(table.refused).toBe(0)
  }
})
