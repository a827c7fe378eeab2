import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Batch, MAX_ENTRIES } from './batch.ts'
import { fits, parseAs } from './check.ts'
import { Observation, type Entry } from './observation.ts'

const observation = {
  type: 'observation',
  segment: 'kamera-øst',
  probe: 'snmp',
  subject: { address: '10.0.0.7' },
  outcome: 'answered',
  observedAt: '2026-01-02T03:04:05.678Z',
  evidence: [{ kind: 'snmp.sysDescr', value: 'x' }],
} satisfies Entry
const batch = {
  agent: '0190163d-8694-739b-aea5-966c26f8ad91',
  sequence: 1,
  createdAt: '2026-01-02T03:04:05.678Z',
  entries: [observation],
}

describe('the wire', () => {
  it('takes a batch as it is meant', () => expect(fits(Batch, batch)).toBe(true))

  it.each([
    ['no entries', { ...batch, entries: [] }],
    ['too many entries', { ...batch, entries: Array.from({ length: MAX_ENTRIES + 1 }, () => observation) }],
    ['a sequence of nought', { ...batch, sequence: 0 }],
    ['a local time', { ...batch, createdAt: '2026-01-02T03:04:05+01:00' }],
    ['an unknown outcome', { ...batch, entries: [{ ...observation, outcome: 'silent' }] }],
    ['a subject that is nobody', { ...batch, entries: [{ ...observation, subject: {} }] }],
    ['a field that nobody declared', { ...batch, entries: [{ ...observation, extra: 1 }] }],
    ['a segment with a path in it', { ...batch, entries: [{ ...observation, segment: '../x' }] }],
  ])('refuses %s', (_, value) => expect(fits(Batch, value)).toBe(false))

  it('names the field that does not fit', () => {
    expect(() => parseAs(Observation, { ...observation, probe: 7 }, 'batch.invalid')).toThrow(/"\/probe"/)
  })

  it('answers true or false to anything', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(typeof fits(Batch, value)).toBe('boolean')
      }),
    )
  })
})
