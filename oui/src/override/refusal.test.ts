import type { Override } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { checkOverride } from './check.ts'

const problemsOf = (parts: Omit<Override, 'format'>) =>
  checkOverride({ format: 'ophav.rules/1', ...parts }).problems.map(({ code, place }) => `${code} ${place}`)

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
