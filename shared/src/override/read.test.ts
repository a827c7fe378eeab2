import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { OVERRIDE_FORMAT } from '../wire/override.ts'
import { describeProblem } from './problem.ts'
import { MAX_OVERRIDE_OCTETS, readOverride } from './read.ts'

const read = (text: string) => readOverride(Buffer.from(text))
const head = `format: ${OVERRIDE_FORMAT}\n`
const codesOf = (text: string) => read(text).problems.map(({ code, place }) => `${code} ${place}`.trim())

const YAML = `${head}
makers:
  - name: Nordvagt
    words: [Nordvagt]
    products:
      camera:
        - nvx7## = NVX-720
silence:
  - prefix: '00:50:b6'
    note: docking stations
ownership:
  - maker: Nordvagt
    periods:
      - {owner: A, country: NO, from: 2020-01-01, source: sag 7}
`

describe('a file of rules', () => {
  test('is YAML or JSON, and both say the same', () => {
    const { override, problems, lineOf } = read(YAML)
    expect(problems).toEqual([])
    expect(override).toMatchObject({
      makers: [{ name: 'Nordvagt' }],
      ownership: [{ periods: [{ country: 'NO', from: '2020-01-01' }] }],
    })
    expect(lineOf('makers[0].products.camera[0]')).toBe(8)
    for (const blanks of [0, 2, '\t'])
      expect(read(JSON.stringify(override, null, blanks)).override).toEqual(override)
  })

  test('that does not fit is told with place, line and what to do, in two languages', () => {
    const { problems, lineOf, override } = read(
      `${head}prefixes:\n  - prefix: 001122\n    maker: Axis\n    mkaer: x\n`,
    )
    expect(override).toBeNull()
    expect(problems.map(({ code, place }) => [code, place, lineOf(place)])).toEqual([
      ['rule.field-unknown', 'prefixes[0].mkaer', 5],
      ['rule.field-invalid', 'prefixes[0].prefix', 3],
    ])
    const [first] = problems
    expect(first && describeProblem(first, 'en', 5)).toMatch(
      /^prefixes\[0\]\.mkaer \(line 5\): There is no field/,
    )
    expect(first && describeProblem(first, 'da', 5)).toMatch(
      /^prefixes\[0\]\.mkaer \(linje 5\): Der er intet felt/,
    )
  })

  test('of another format, or of none, is refused', () => {
    expect(codesOf('format: ophav.rules/2')).toEqual(['rule.field-invalid format'])
    expect(codesOf('')).toEqual(['rule.field-invalid'])
    expect(codesOf('[]')).toEqual(['rule.field-invalid'])
    expect(codesOf('a: [')).toEqual(['rule.not-yaml'])
    expect(codesOf(`${head}makers: []\n---\na: 1\n`)).toEqual(['rule.not-yaml'])
  })
})

describe('a hostile file', () => {
  test.each([
    ['an alias', `${head}note: &a x\nmakers: [{name: *a}]`],
    ['a bomb of aliases', `a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n`],
    ['a tag', `${head}note: !!js/function "x"`],
    ['a prototype key', `${head}__proto__: {x: 1}`],
    ['a prototype key in JSON', '{"format":"ophav.rules/1","makers":[{"constructor":{}}]}'],
    ['a control character', `${head}note: "a\\u001b[2J"`],
    ['a character that turns text round', `${head}note: "a\\u202eb"`],
    ['half a character', `${head}note: "\\ud800"`],
    ['a key twice', `${head}note: a\nnote: b`],
    ['a key that is a list', `${head}? [a]\n: b`],
    ['too deep a nesting', `${head}makers: ${'['.repeat(40)}${']'.repeat(40)}`],
    ['a nesting that fills the stack', '['.repeat(200_000)],
  ])('with %s is refused', (_, text) => {
    const { override, problems } = read(text)
    expect(override).toBeNull()
    expect(problems[0]?.code).toMatch(/^rule\.(hostile|not-yaml)$/)
  })

  test('that is too large, or no text, is refused unread', () => {
    expect(readOverride(new Uint8Array(MAX_OVERRIDE_OCTETS + 1)).problems[0]?.code).toBe(
      'rule.file-too-large',
    )
    expect(readOverride(Uint8Array.of(0xff, 0xfe, 0x00)).problems[0]?.code).toBe('rule.file-unreadable')
  })

  test('of as many keys as fit is refused, with few words', () => {
    const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join('\n')
    const { problems } = read(keys)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThanOrEqual(50)
  })

  test('of any octets, or any change of a good one, gives a document or problems', () => {
    const isSound = (text: string | Uint8Array) => {
      const { override, problems } = readOverride(typeof text === 'string' ? Buffer.from(text) : text)
      expect(override === null).toBe(problems.length > 0)
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isSound))
    fc.assert(
      fc.property(
        fc.nat({ max: YAML.length }),
        fc.nat({ max: 20 }),
        fc.string({ unit: fc.constantFrom(...'*&!%{}[]:-?|>#"\'\\ \n\tax0'), maxLength: 12 }),
        (at, cut, put) => isSound(YAML.slice(0, at) + put + YAML.slice(at + cut)),
      ),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
    )
  })
})
