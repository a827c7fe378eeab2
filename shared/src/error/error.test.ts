import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from './codes.ts'
import { OphavError } from './error.ts'

const entries = Object.entries(ERROR_CODES)

describe('the table of error codes', () => {
  it('is sorted, so that two people do not add the same code twice', () => {
    const codes = entries.map(([code]) => code)
    expect(codes).toEqual([...codes].sort())
  })

  it.each(entries)(
    '%s has the form area.problem and says something in both languages',
    (code, { en, da }) => {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(en).toMatch(/\.$/)
      expect(da).toMatch(/\.$/)
      expect(da).not.toBe(en)
    },
  )
})

describe('an error', () => {
  it('says what happened, with the facts and the code', () => {
    const error = new OphavError('address.invalid-range', { given: '10.0.0/8' })
    expect(error.message).toMatch(
      /^This is no IPv4 range.*\(given: "10\.0\.0\/8"\) \[address\.invalid-range\]$/,
    )
  })

  it('shortens a hostile fact', () => {
    expect(
      new OphavError('address.invalid-range', { given: 'x'.repeat(65_536) }).message.length,
    ).toBeLessThan(500)
  })
})
