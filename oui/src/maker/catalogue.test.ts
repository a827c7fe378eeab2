import { describe, expect, test } from 'vitest'
import { readText } from '../text/brand.ts'
import { fits } from '../text/token.ts'
import { CATALOGUE, findMaker } from './catalogue.ts'
import { resolveOrganisation } from './organisation.ts'

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
    expect(CATALOGUE.filter(({ of }) => of !== undefined && !findMaker(of)).map(({ name }) => name)).toEqual(
      [],
    )
  })

  test('has periods of ownership that neither overlap nor leave a gap', () => {
    const broken = CATALOGUE.filter(({ ownership }) => {
      const sorted = [...ownership].sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
      return sorted.some(({ until }, index) => until !== sorted[index + 1]?.from)
    })
    expect(broken.map(({ name }) => name)).toEqual([])
  })

  test('resolves each maker by its own name', () => {
    const lost = CATALOGUE.filter((entry) => resolveOrganisation(entry.name)?.name !== entry.name)
    expect(lost.map(({ name }) => name)).toEqual([])
  })

  test('has product patterns that fit a word of their own form', () => {
    for (const { products } of CATALOGUE)
      for (const pattern of Object.values(products).flat()) {
        const plain = (pattern ?? '').replace(/[^a-z0-9#@*]+/g, '')
        const example = plain.replaceAll('#', '7').replaceAll('@', 'k').replace(/\*$/, '')
        expect(fits(plain, example)).toBe(true)
      }
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
  for (const [name, maker] of Object.entries(names)) expect(resolveOrganisation(name)?.name).toBe(maker)
})

test('a text is read from its left: parts and protocols behind the name do not count', () => {
  expect(readText('Cisco IOS Software, C2960X Software, Copyright by Cisco Systems').brand?.maker.name).toBe(
    'Cisco',
  )
  expect(readText('HP LaserJet with Intel inside').brand?.maker.name).toBe('HP')
  expect(readText('').brand).toBeNull()
})
