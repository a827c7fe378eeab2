import { describe, expect, test } from 'vitest'
import { shippedKnowledge } from '../knowledge/knowledge.ts'

const { reader } = shippedKnowledge()
const makerIn = (text: string) => reader.brandIn(text)?.name ?? null
const modelIn = (text: string, isModel = false) => reader.read(text, isModel).product?.model ?? null
const classIn = (text: string) => reader.read(text).classWord

describe('a maker’s name', () => {
  test('is found with and without its accents, in one word or in two', () => {
    expect(makerIn('Knürr DI-STRIP')).toBe('Knürr')
    expect(makerIn('Knurr DI-STRIP')).toBe('Knürr')
    expect(makerIn('TP LINK Archer')).toBe('TP-Link')
  })

  test('in a host’s name is a joke, in a domain it is not', () => {
    expect(makerIn('dell.example.com')).toBeNull()
    expect(makerIn('www.hikvision.com')).toBe('Hikvision')
  })

  test('is no part of another word', () => {
    expect(makerIn("Comune dell'Aquila")).toBeNull()
    expect(makerIn('Hubert')).toBeNull()
  })
})

describe('a product line', () => {
  test('goes on until its number, and not into a version', () => {
    expect(modelIn('TP-LINK Archer C7')).toBe('Archer C7')
    expect(modelIn('ThinkPad L14 Gen 4', true)).toBe('ThinkPad L14')
    expect(modelIn('TP-LINK Archer Version 5')).toBe('Archer')
  })

  test('names nobody in free text where words of a language begin so', () => {
    expect(reader.read('iqn.2009-10.com.example:boot-blade01').product).toBeNull()
    expect(reader.read('Hardware: amd64 CPU @ 3.10GHz').product).toBeNull()
  })
})

test('the more specific phrase says the class, and boilerplate says none', () => {
  expect(classIn('Wireless Access Point with router')).toBe('access-point')
  expect(classIn('Juniper Networks, Inc. ex4200-48p internet router, kernel JUNOS 11.4')).toBeNull()
  expect(classIn('')).toBeNull()
})
