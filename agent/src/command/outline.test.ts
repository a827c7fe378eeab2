/** Tests of the outline. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outline } from './outline.ts'

test('a document reads from the top down, without what is empty', () => {
  expect(
    outline({
      maker: 'Hikvision',
      model: null,
      claims: [{ field: 'maker', weight: 0.7, sources: ['a', 'b'] }, { field: 'class' }],
      alternatives: [],
      origin: { country: 'CN', owner: null },
    }),
  ).toBe(`maker: Hikvision
claims:
  - field: maker
    weight: 0.7
    sources:
      - a
      - b
  - field: class
origin:
  country: CN
`)
})

test('no document says anything to the terminal', () =>
  fc.assert(
    fc.property(fc.jsonValue(), (document) => {
      expect(outline(document)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
    }),
  ))
