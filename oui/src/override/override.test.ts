import type { Override } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { identify } from '../identify/identify.ts'
import { identifyJsonLine } from '../identify/json-line.ts'
import { Knowledge, shippedKnowledge } from '../knowledge/knowledge.ts'
import { applyOverride, shippedBase } from './apply.ts'
import { checkOverride } from './check.ts'
import { parsePrefix } from './prefix-table.ts'

const rules = (parts: Omit<Override, 'format'>): Override => ({ format: 'ophav.rules/1', ...parts })
const knowledgeOf = (parts: Omit<Override, 'format'>) => {
  const { knowledge, problems } = checkOverride(rules(parts))
  expect(problems).toEqual([])
  return knowledge ?? shippedKnowledge()
}
const problemsOf = (parts: Omit<Override, 'format'>) =>
  checkOverride(rules(parts)).problems.map(({ code, place }) => `${code} ${place}`)

const NORDVAGT = {
  name: 'Nordvagt',
  words: ['Nordvagt'],
  organisations: ['Nordvagt Sikring A/S'],
  enterprises: [4_100_200],
  objects: { camera: ['4100200.1'] },
  products: { camera: ['nvx7## = NVX-720, NVX-731'] },
}

describe('a maker of one’s own', () => {
  const knowledge = knowledgeOf({
    makers: [NORDVAGT],
    ownership: [
      {
        maker: 'Nordvagt',
        periods: [{ owner: 'Hikvision', country: 'CN', source: 'sag 2026-1' }],
      },
    ],
  })
  const of = (kind: string, value: string) => identify([{ kind, value }], { knowledge })

  test('is found by its words, names, numbers and product lines', () => {
    for (const [kind, value] of [
      ['snmp.sysDescr', 'Nordvagt dome'],
      ['register.maker', 'Nordvagt Sikring A/S'],
      ['snmp.sysObjectID', '1.3.6.1.4.1.4100200.1.7'],
      ['model', 'NVX-731'],
    ] as const)
      expect(of(kind, value), value).toMatchObject({ maker: 'Nordvagt' })
    expect(of('snmp.sysObjectID', '1.3.6.1.4.1.4100200.1.7').class).toBe('camera')
    expect(of('model', 'NVX-731').class).toBe('camera')
  })

  test('has the owner that the rules state, and says that they state it', () => {
    expect(of('model', 'NVX-731').origin).toMatchObject({
      chinese: 'yes',
      sources: ['sag 2026-1'],
      own: true,
    })
    expect(of('mac', 'ac:cc:8e:00:00:01').origin).not.toHaveProperty('own')
  })

  test('gives reasons that say whose they are', () => {
    const { reasons } = of('snmp.sysDescr', 'Nordvagt dome camera')
    expect(reasons.find(({ field }) => field === 'maker')).toMatchObject({ value: 'Nordvagt', own: true })
    const line = identifyJsonLine('{"evidence":[{"kind":"model","value":"NVX-731"}]}', { knowledge })
    expect((JSON.parse(line) as { reasons: string[] }).reasons[0]).toMatch(/^own rule: /)
  })

  test('without a stated owner is of unknown origin', () => {
    const plain = knowledgeOf({ makers: [NORDVAGT] })
    expect(identify([{ kind: 'model', value: 'NVX-731' }], { knowledge: plain }).origin.chinese).toBe(
      'unknown',
    )
  })
})

describe('a rule about a maker of the catalogue', () => {
  test('adds to it, and takes from others what it gives', () => {
    const given = { amend: 'Axis', words: ['Netlook'], enterprises: [39165], organisations: ['Netlook Ltd'] }
    const knowledge = knowledgeOf({ makers: [given] })
    const of = (kind: string, value: string) => identify([{ kind, value }], { knowledge }).maker
    expect(of('snmp.sysDescr', 'Netlook IP box')).toBe('Axis')
    expect(of('snmp.sysObjectID', '1.3.6.1.4.1.39165.9')).toBe('Axis')
    expect(of('snmp.sysDescr', 'AXIS P3225-LV Network Camera')).toBe('Axis')
    expect(of('snmp.sysDescr', 'Hikvision Network Camera')).toBe('Hikvision')
  })

  test('that changes how shipped examples are read, says which', () => {
    const { changes } = checkOverride(rules({ makers: [{ amend: 'Axis', enterprises: [39165] }] }))
    expect(changes).toContainEqual({
      of: 'Hikvision',
      kind: 'snmp.sysObjectID',
      example: '1.3.6.1.4.1.39165',
      before: 'Hikvision',
      after: 'Axis',
    })
    expect(checkOverride(rules({ makers: [NORDVAGT] })).changes).toEqual([])
  })

  test('about its owner stands in place of the catalogue’s, and leaves marks that it does not name', () => {
    const periods = [
      { owner: 'A', country: 'SE', until: '2020-01-01', source: 'x' },
      { owner: 'B', country: 'CN', from: '2020-01-01', source: 'y' },
    ]
    const knowledge = knowledgeOf({ ownership: [{ maker: 'Axis', periods }] })
    const on = (day: string) =>
      identify([{ kind: 'mac', value: 'ac:cc:8e:00:00:01' }], { knowledge, asOf: new Date(day) }).origin
    expect([on('2019-01-01').country, on('2021-01-01').country]).toEqual(['SE', 'CN'])
    const contested = knowledgeOf({
      ownership: [{ maker: 'Axis', contested: true, periods: [{ owner: 'A', country: 'SE', source: 'x' }] }],
    })
    expect(
      identify([{ kind: 'mac', value: 'ac:cc:8e:00:00:01' }], { knowledge: contested }).origin,
    ).toMatchObject({
      chinese: 'contested',
      ndaa889: false,
    })
  })
})

describe('a rule about a prefix', () => {
  const knowledge = knowledgeOf({
    prefixes: [
      { prefix: '44:19:B6', maker: 'Axis' },
      { prefix: '44:19:b6:7', maker: 'Dahua' },
    ],
    silence: [{ prefix: '44-19-b6-70-1' }],
  })
  const of = (value: string) => identify([{ kind: 'mac', value }], { knowledge })

  test('names the maker, the longest prefix first', () => {
    expect(of('44:19:b6:00:00:01').maker).toBe('Axis')
    expect(of('44:19:b6:7f:00:01').maker).toBe('Dahua')
  })

  test('of silence leaves the maker open, and says what it set aside', () => {
    const { maker, reasons } = of('44:19:b6:70:10:01')
    expect(maker).toBeNull()
    expect(reasons).toMatchObject([{ field: 'withheld', value: 'Hikvision', own: true }])
  })

  test('is of 24, 28 or 36 bits in any common writing', () => {
    for (const [text, digits] of [
      ['44:19:B6', '4419b6'],
      ['4419.b67', '4419b67'],
      ['44-19-b6-7', '4419b67'],
      ['4419B67A1', '4419b67a1'],
      ['44:19', null],
      ['44:19:b6:7a', null],
      ['4419b6zz', null],
      ['', null],
    ] as const)
      expect(parsePrefix(text), text).toBe(digits)
  })
})

describe('silence', () => {
  test('about a maker keeps its name from every conclusion', () => {
    const knowledge = knowledgeOf({ silence: [{ maker: 'Hikvision' }] })
    for (const [kind, value] of [
      ['mac', '44:19:b6:00:00:01'],
      ['snmp.sysDescr', 'Hikvision Network Camera'],
      ['model', 'DS-2CD2143G2-I'],
      ['register.maker', 'Hangzhou Hikvision Digital Technology Co.,Ltd.'],
    ] as const) {
      const { maker, brand, reasons } = identify([{ kind, value }], { knowledge })
      expect([maker, brand], value).toEqual([null, null])
      expect(
        reasons.some(({ field, own }) => field === 'withheld' && own),
        value,
      ).toBe(true)
    }
  })

  test('about a word keeps texts from naming its maker, other evidence not', () => {
    const knowledge = knowledgeOf({ silence: [{ word: 'Hikvision' }] })
    expect(identify([{ kind: 'http.title', value: 'Hikvision' }], { knowledge }).maker).toBeNull()
    expect(identify([{ kind: 'mac', value: '44:19:b6:00:00:01' }], { knowledge }).maker).toBe('Hikvision')
  })
})

describe('a fingerprint of one’s own', () => {
  const fingerprint = {
    kind: 'http.title',
    match: 'Porten {model} login',
    maker: 'Dahua',
    class: 'door',
    examples: [{ text: 'Porten P7 login', model: 'P7' }],
  }

  test('is read before the words of the text', () => {
    const knowledge = knowledgeOf({ fingerprints: [fingerprint] })
    expect(identify([{ kind: 'http.title', value: 'Porten Axis9 login' }], { knowledge })).toMatchObject({
      maker: 'Dahua',
      class: 'door',
      model: 'Axis9',
    })
  })

  test('that takes a shipped fingerprint’s example has to be accepted', () => {
    const { changes } = checkOverride(
      rules({
        fingerprints: [
          { kind: 'http.server', match: 'DVRDVS-Webs*', maker: 'Axis', examples: [{ text: 'DVRDVS-Webs' }] },
        ],
      }),
    )
    expect(changes).toMatchObject([{ kind: 'http.server', example: 'DVRDVS-Webs', after: 'Axis' }])
  })
})

describe('a rule that does not work', () => {
  const one = { periods: [{ owner: 'A', country: 'SE', source: 'x' }] }
  const period = (from?: string, until?: string) => ({
    owner: 'A',
    country: 'SE',
    source: 'x',
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  })
  const print = {
    kind: 'http.title',
    match: 'Ab {model}',
    maker: 'Axis',
    examples: [{ text: 'Ab 1', model: '1' }],
  }

  test.each<[string, Omit<Override, 'format'>]>([
    [
      'rule.example-missing makers[0].products.camera[0]',
      { makers: [{ amend: 'Axis', products: { camera: ['zq9*'] } }] },
    ],
    [
      'rule.example-fails makers[0].products.camera[1]',
      { makers: [{ amend: 'Axis', products: { camera: ['zq9* = ZQ-91', 'zq8* = ZQ-7'] } }] },
    ],
    [
      'rule.example-stolen makers[0].products.camera[0]',
      { makers: [{ amend: 'Axis', products: { camera: ['ds2* = DS-2CD2143G2-I'] } }] },
    ],
    [
      'rule.form-invalid makers[0].products.camera[0]',
      { makers: [{ amend: 'Axis', products: { camera: ['ZQ9* = ZQ-91'] } }] },
    ],
    [
      'rule.form-invalid makers[0].products.camera[0]',
      { makers: [{ amend: 'Axis', products: { camera: ['*zq = ZQ'] } }] },
    ],
    [
      'rule.form-invalid makers[0].objects.camera[0]',
      { makers: [{ amend: 'Axis', objects: { camera: ['1.x'] } }] },
    ],
    ['rule.form-invalid makers[0].words[0]', { makers: [{ amend: 'Axis', words: ['龍'] }] }],
    ['rule.form-invalid makers[0]', { makers: [{}] }],
    ['rule.maker-exists makers[0].name', { makers: [{ name: 'Axis' }] }],
    ['rule.maker-unknown makers[0].amend', { makers: [{ amend: 'Axsi' }] }],
    ['rule.maker-unknown makers[0].of', { makers: [{ name: 'Ny', of: 'Axsi' }] }],
    ['rule.doubled makers[1]', { makers: [{ amend: 'Axis' }, { amend: 'Axis' }] }],
    [
      'rule.without-effect makers[0].organisations[0]',
      { makers: [{ amend: 'Axis', organisations: ['Hikvision'] }] },
    ],
    ['rule.maker-unknown prefixes[0].maker', { prefixes: [{ prefix: '44:19:b6', maker: 'Axsi' }] }],
    ['rule.form-invalid prefixes[0].prefix', { prefixes: [{ prefix: '44:19', maker: 'Axis' }] }],
    ['rule.form-invalid prefixes[0].prefix', { prefixes: [{ prefix: '02:19:b6', maker: 'Axis' }] }],
    [
      'rule.doubled silence[0].prefix',
      { prefixes: [{ prefix: '44:19:b6', maker: 'Axis' }], silence: [{ prefix: '4419B6' }] },
    ],
    ['rule.maker-unknown ownership[0].maker', { ownership: [{ maker: 'Axsi', ...one }] }],
    [
      'rule.doubled ownership[1]',
      {
        ownership: [
          { maker: 'Axis', ...one },
          { maker: 'Axis', ...one },
        ],
      },
    ],
    [
      'rule.ownership-broken ownership[0].periods[0]',
      { ownership: [{ maker: 'Axis', periods: [period('2020-01-01', '2019-01-01')] }] },
    ],
    [
      'rule.ownership-broken ownership[0].periods[0]',
      { ownership: [{ maker: 'Axis', periods: [period(undefined, '2019-01-01'), period('2020-01-01')] }] },
    ],
    [
      'rule.form-invalid ownership[0].periods[0]',
      { ownership: [{ maker: 'Axis', periods: [period('2020-02-31')] }] },
    ],
    ['rule.example-missing fingerprints[0]', { fingerprints: [{ ...print, examples: [] }] }],
    [
      'rule.example-fails fingerprints[0]',
      { fingerprints: [{ ...print, examples: [{ text: 'Ab 1', model: '2' }] }] },
    ],
    ['rule.form-invalid fingerprints[0]', { fingerprints: [{ ...print, match: '{model}' }] }],
    [
      'rule.example-stolen fingerprints[0].examples[0]',
      {
        fingerprints: [
          { kind: 'http.server', match: 'DVR*', maker: 'Axis', examples: [{ text: 'DVRDVS-Webs' }] },
        ],
      },
    ],
    ['rule.form-invalid silence[0]', { silence: [{}] }],
    ['rule.form-invalid silence[0]', { silence: [{ word: 'a', maker: 'Axis' }] }],
    ['rule.without-effect silence[0].word', { silence: [{ word: 'nosuchword' }] }],
  ])('is refused with its place: %s', (expected, parts) => {
    expect(problemsOf(parts)).toContain(expected)
  })
})

describe('any rules', () => {
  const name = fc.constantFrom('Axis', 'Hikvision', 'Nordvagt', 'Intel', 'ny')
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('Axis', 'ds2cd* = DS-2CD1', 'a# = A1', '*', '44:19:b6', '1.2', 'Hikvision*', '#', ' = '),
  )
  const texts = fc.array(text, { maxLength: 3 })
  const byClass = fc.dictionary(fc.constantFrom('camera', 'any'), texts, { maxKeys: 2 })
  const partial = { requiredKeys: [] as [] }
  const anyRules = fc.record(
    {
      makers: fc.array(
        fc.record(
          {
            name,
            amend: name,
            of: name,
            words: texts,
            first: texts,
            organisations: texts,
            products: byClass,
            objects: byClass,
          },
          partial,
        ),
        { maxLength: 3 },
      ),
      prefixes: fc.array(fc.record({ prefix: text, maker: name }), { maxLength: 3 }),
      fingerprints: fc.array(
        fc.record({
          kind: fc.constant('http.title'),
          match: text,
          maker: name,
          examples: fc.array(fc.record({ text }), { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      silence: fc.array(fc.record({ maker: name, word: text, prefix: text }, partial), { maxLength: 2 }),
    },
    partial,
  )

  test('are either refused with places, or taken and then read anything', () => {
    fc.assert(
      fc.property(anyRules, fc.string({ maxLength: 40 }), (parts, value) => {
        const { problems, knowledge } = checkOverride(rules(parts as never), SMALL)
        if (knowledge === null)
          return problems.length > 0 && problems.every(({ code }) => code.startsWith('rule.'))
        identify([{ kind: 'http.title', value }], { knowledge })
        return problems.length === 0
      }),
      { numRuns: 300 },
    )
  })

  test('that say nothing leave every shipped example as it was', () => {
    const knowledge = applyOverride(shippedBase(), rules({}))
    fc.assert(
      fc.property(fc.constantFrom(...shippedKnowledge().makers), ({ name: maker, words }) => {
        const evidence = [
          { kind: 'register.maker', value: maker },
          { kind: 'snmp.sysDescr', value: `${words[0] ?? maker} box` },
        ]
        const asOf = new Date('2026-01-01')
        expect(identify(evidence, { knowledge, asOf })).toEqual(identify(evidence, { asOf }))
      }),
    )
  })
})

/** A few makers of the catalogue: a property is tried hundreds of times. */
const SMALL = (() => {
  const makers = shippedKnowledge().makers.filter(({ name }) => ['Axis', 'Hikvision', 'Intel'].includes(name))
  return { knowledge: new Knowledge(makers, FINGERPRINTS), fingerprints: FINGERPRINTS }
})()
