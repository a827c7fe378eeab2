import type { Override } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { identify } from '../identify/identify.ts'
import { identifyJsonLine } from '../identify/json-line.ts'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { checkOverride } from './check.ts'
import { parsePrefix } from './prefix-table.ts'

const rules = (parts: Omit<Override, 'format'>): Override => ({ format: 'ophav.rules/1', ...parts })
const knowledgeOf = (parts: Omit<Override, 'format'>) => {
  const { knowledge, problems } = checkOverride(rules(parts))
  expect(problems).toEqual([])
  return knowledge ?? shippedKnowledge()
}

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
      expect({ value, ...of(kind, value) }).toMatchObject({ value, maker: 'Nordvagt' })
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
      expect([text, parsePrefix(text)]).toEqual([text, digits])
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
      expect([value, maker, brand]).toEqual([value, null, null])
      expect(reasons).toContainEqual(expect.objectContaining({ field: 'withheld', own: true }))
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
