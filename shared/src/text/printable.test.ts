import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { printable } from './printable.ts'

describe('printable text', () => {
  it('keeps Danish letters and drops what moves a cursor', () => {
    expect(printable('Rød\u001b[2J\u0007 grød på ø')).toBe('Rød [2J  grød på ø')
  })

  it('drops characters that turn the reading order', () => {
    expect(printable('cam\u202egpj.exe')).toBe('cam gpj.exe')
  })

  it('cuts long text and shows that it did', () => {
    expect(printable('a'.repeat(65_536), 10)).toBe('aaaaaaaaa…')
  })

  it('never lets a control character through, and keeps to its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const shown = printable(text, 40)
        expect([...shown].length).toBeLessThanOrEqual(40)
        // oxlint-disable-next-line no-control-regex -- that none is left is the claim
        expect(shown).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/)
      }),
    )
  })

  it('survives half a character', () => expect(printable('x\ud83d')).toBe('x\ufffd'))
})
