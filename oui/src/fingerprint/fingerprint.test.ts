import { errorCode, OphavError } from '@ophav/shared/value'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { FINGERPRINTS } from './catalogue.ts'
import { readFingerprint, type FingerprintData } from './fingerprint.ts'
import { matchTemplate, normalize, parseTemplate } from './template.ts'

const match = (template: string, text: string) =>
  matchTemplate(parseTemplate(template), text, normalize(text))

describe('a template', () => {
  test('keeps what its holes hold, in the letters of the text', () => {
    expect(match('TANDBERG/{firmware} (*) Cisco-{model}', 'TANDBERG/529 (ce11.5.4) Cisco-RoomKit')).toEqual({
      firmware: '529',
      model: 'RoomKit',
    })
    expect(match('axis {model}*', 'AXIS P3225-LV; Network Camera')).toEqual({ model: 'P3225-LV' })
    expect(match('*serial: {serial}', 'Box 7, Serial: AB 12')).toEqual({ serial: 'AB 12' })
  })

  test('fits from the text’s beginning to its end, unless it says otherwise', () => {
    expect(match('App-webs/', 'App-webs/')).toEqual({})
    expect(match('App-webs/', 'App-webs/2')).toBeNull()
    expect(match('App-webs/*', 'App-webs/2')).toEqual({})
    expect(match('App-webs/', 'x App-webs/')).toBeNull()
    expect(match('*App-webs/*', 'x App-webs/ y')).toEqual({})
  })

  test('that holds nothing to look for, or holes without an end, is refused', () => {
    for (const bad of ['', ' ', '*', '{model}', '{model}{serial}x', '**ab', 'ab{size}', 'x'.repeat(301)])
      expect(() => parseTemplate(bad)).toThrow(OphavError)
  })

  test('takes any text, and never keeps more than a name’s length', () => {
    const part = fc.constantFrom('ab', '*', '{model}', '{serial}', ' ', 'b', 'a-', '{mac}')
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '-', ' ', 'İ'), maxLength: 200 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), letters, (parts, text) => {
        const captures = tryMatch(parts.join(''), text)
        for (const kept of Object.values(captures ?? {})) {
          expect(kept.length).toBeLessThanOrEqual(120)
          expect(text).toContain(kept)
        }
      }),
    )
  })
})

/** A template that cannot be used fits nothing; any other error is a defect, and fails the test. */
function tryMatch(template: string, text: string) {
  try {
    return match(template, text)
  } catch (error) {
    if (errorCode(error) === 'fingerprint.invalid') return null
    throw error
  }
}

describe('a fingerprint', () => {
  const good: FingerprintData = {
    kind: 'http.server',
    match: 'Box {model}',
    maker: 'Axis',
    examples: [{ text: 'Box 7', model: '7' }],
  }

  test('without an example, or with one that it does not read as stated, does not load', () => {
    expect(readFingerprint(good).kinds).toEqual(['http.server'])
    const bad: Partial<FingerprintData>[] = [
      { examples: [] },
      { examples: [{ text: 'Bax 7', model: '7' }] },
      { examples: [{ text: 'Box 7', model: '8' }] },
      { examples: [{ text: 'Box 7' }] },
      { software: true },
      { match: 'Box', maker: undefined as never, examples: [{ text: 'Box' }] },
    ]
    for (const part of bad) expect(() => readFingerprint({ ...good, ...part })).toThrow(OphavError)
  })
})

describe('the fingerprints', () => {
  const knowledge = shippedKnowledge()

  test('name makers that are in the catalogue', () => {
    const lost = FINGERPRINTS.flatMap(({ maker, brand }) => [maker, brand]).filter(
      (name) => name !== undefined && !knowledge.findMaker(name),
    )
    expect(lost).toEqual([])
  })

  test('steal no example from one another', () => {
    const stolen = FINGERPRINTS.flatMap((data) =>
      readFingerprint(data).kinds.flatMap((kind) =>
        data.examples
          .map(({ text }) => ({ text, found: knowledge.fingerprints.find(kind, text)?.fingerprint.match }))
          .filter(({ found }) => found !== data.match)
          .map(({ text, found }) => `${kind} ${data.match}: "${text}" is taken by ${found}`),
      ),
    )
    expect(stolen).toEqual([])
  })

  test('each have an example of their own', () => {
    const texts = FINGERPRINTS.flatMap(({ kind, examples }) =>
      examples.map(({ text }) => `${String(kind)} ${text}`),
    )
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([])
  })
})
