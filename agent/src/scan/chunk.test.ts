import { AddressSet, FULL_PACE, POLITE_PACE } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AddressMarks } from './address-marks.ts'
import { chunkSize, cutChunks } from './chunk.ts'
import { joinNotes } from './note.ts'
import { drawSeed } from './random-order.ts'

const scopes = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 0, max: 40 })), { maxLength: 9 })
  .map((ranges) => new AddressSet(ranges.map(([first, length]) => [first, first + length] as const)))

describe('pieces', () => {
  test('hold every address that is not done, once, and never more than their size', () => {
    fc.assert(
      fc.property(scopes, fc.integer({ min: 1, max: 60 }), fc.string(), (scope, size, seed) => {
        const done = new AddressMarks(scope)
        for (const address of scope) if (address % 3 === 0) done.add(address)
        const chunks = cutChunks(scope, done, seed, size)
        const cut = chunks.flatMap((chunk) => [...chunk]).sort((a, b) => a - b)
        expect(cut).toEqual([...scope].filter((address) => !done.has(address)))
        for (const chunk of chunks) expect(chunk.size).toBeLessThanOrEqual(size)
      }),
    )
  })

  test('come in the same order with the same seed, and in another one with another', () => {
    const scope = AddressSet.parse(['10.0.0.0/22'])
    const cut = (seed: string) => cutChunks(scope, new AddressMarks(scope), seed, 100).map(String)
    const seed = drawSeed()
    expect(cut(seed)).toEqual(cut(seed))
    expect(cut(seed)).not.toEqual(cut(drawSeed()))
  })

  test('are as large as some seconds of the pace', () => {
    expect(chunkSize(POLITE_PACE)).toBe(2_000)
    expect(chunkSize({ ...POLITE_PACE, sweepPacketsPerSecond: 1 })).toBe(256)
    expect(chunkSize(FULL_PACE)).toBe(65_536)
  })
})

describe('marks', () => {
  test('are those that were set, and the same when they are read again', () => {
    fc.assert(
      fc.property(
        scopes,
        fc.array(fc.integer({ min: 0, max: 3_100 }), { maxLength: 200 }),
        (scope, addresses) => {
          const marks = new AddressMarks(scope)
          for (const address of addresses) marks.add(address)
          const expected = new Set(addresses.filter((address) => scope.has(address)))
          const again = new AddressMarks(scope, marks.toBytes())
          for (const address of scope) expect(again.has(address)).toBe(expected.has(address))
          expect([marks.count, again.count]).toEqual([expected.size, expected.size])
          const none = new AddressMarks(scope)
          expect([marks.countWithout(none), marks.countWithout(again)]).toEqual([expected.size, 0])
        },
      ),
    )
  })

  test('of another scope are as good as none', () => {
    const scope = AddressSet.parse(['10.0.0.0/24'])
    expect(new AddressMarks(scope, new Uint8Array(3)).count).toBe(0)
  })
})

test('notes of several pieces become one: addresses add up, the rest stands once', () => {
  expect(joinNotes(undefined, undefined)).toBeUndefined()
  expect(
    joinNotes('5 addresses are elsewhere; no raw frames', '7 addresses are elsewhere; no raw frames'),
  ).toBe('12 addresses are elsewhere; no raw frames')
})
