import { describe, expect, test } from 'vitest'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { fits } from '../text/pattern.ts'
import { CATALOGUE } from './catalogue.ts'
import { productLinesOf } from './product-line.ts'

const knowledge = shippedKnowledge()
const read = (text: string, isModel = false) => knowledge.reader.read(text, isModel)
const nameOf = (organisation: string) => knowledge.organisation(organisation)?.entry?.name
const lines = CATALOGUE.flatMap(productLinesOf)

describe('the catalogue', () => {
  test('knows at least 400 makers with owner, country and a source', () => {
    const known = CATALOGUE.filter(({ ownership }) =>
      ownership.every(
        ({ owner, country, source }) =>
          owner !== '' && /^[A-Z]{2}$/.test(country) && source.startsWith('https://'),
      ),
    )
    expect(known.length).toBe(CATALOGUE.length)
    expect(known.length).toBeGreaterThanOrEqual(400)
  })

  test('names no brand whose maker is not in it', () => {
    const lost = CATALOGUE.filter(({ of }) => of !== undefined && !knowledge.findMaker(of))
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  test('sells under names that are in it', () => {
    const lost = CATALOGUE.flatMap(({ soldAs }) => soldAs).filter((name) => !knowledge.findMaker(name))
    expect(lost).toEqual([])
  })

  test('has periods of ownership that neither overlap nor leave a gap', () => {
    const broken = CATALOGUE.filter(({ ownership }) => {
      const sorted = [...ownership].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
      return sorted.some(({ until }, index) => until !== sorted[index + 1]?.from)
    })
    expect(broken.map(({ name }) => name)).toEqual([])
  })

  test('resolves each maker by its own name', () => {
    const lost = CATALOGUE.filter((entry) => nameOf(entry.name) !== entry.name)
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  test('has each word name the maker it stands for', () => {
    const stolen = CATALOGUE.flatMap((maker) =>
      maker.words
        .filter((word) => read(word.replaceAll('#', '5').replace('*', '')).brand?.maker !== maker)
        .map((word) => `${maker.name}: ${word}`),
    )
    expect(stolen).toEqual([])
  })
})

describe('a product line', () => {
  test('has examples, and fits each of them', () => {
    const broken = lines.filter(
      ({ pattern, examples }) =>
        examples.length === 0 ||
        examples.some((model) => !fits(pattern, model.toLowerCase().replace(/[^a-z0-9]+/g, ''))),
    )
    expect(broken.map(({ maker, pattern }) => `${maker.name}: ${pattern}`)).toEqual([])
  })

  test('is not stolen by another: its models, behind the maker’s name, are read as its class', () => {
    const stolen = lines.flatMap(({ maker, class: named, pattern, examples }) =>
      examples
        .map((model) => ({ model, product: read(`${maker.name} ${model}`, true).product }))
        .filter(({ product }) => product?.class !== named || product.maker !== maker)
        .map(
          ({ model, product }) =>
            `${maker.name} ${pattern}: ${model} is ${product?.maker.name} ${product?.class}`,
        ),
    )
    expect(stolen).toEqual([])
  })

  test('is not taken for another maker’s where the model stands alone', () => {
    const mistaken = lines.flatMap(({ maker, pattern, examples }) =>
      examples
        .map((model) => ({ model, other: read(model, true).product?.maker }))
        .filter(({ other }) => other && knowledge.makerOfBrand(other) !== knowledge.makerOfBrand(maker))
        .map(({ model, other }) => `${maker.name} ${pattern}: ${model} is ${other?.name}`),
    )
    expect(mistaken).toEqual([])
  })
})

test('organisations are read as registers write them', () => {
  const names = {
    'Hangzhou Hikvision Digital Technology Co.,Ltd.': 'Hikvision',
    'Zhejiang Dahua Technology Co., Ltd.': 'Dahua',
    'TP-LINK TECHNOLOGIES CO.,LTD.': 'TP-Link',
    'HUAWEI TECHNOLOGIES CO.,LTD': 'Huawei',
    'Motorola Mobility LLC, a Lenovo Company': 'Motorola Mobility',
    'Motorola Solutions Inc.': 'Motorola Solutions',
    'Hon Hai Precision Ind. Co.,Ltd.': 'Foxconn',
  }
  for (const [name, maker] of Object.entries(names)) expect(nameOf(name)).toBe(maker)
})

test('a text is read from its left: parts and protocols behind the name do not count', () => {
  expect(read('Cisco IOS Software, C2960X Software, Copyright by Cisco Systems').brand?.maker.name).toBe(
    'Cisco',
  )
  expect(read('HP LaserJet with Intel inside').brand?.maker.name).toBe('HP')
  expect(read('').brand).toBeNull()
})
