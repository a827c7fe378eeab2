import { AddressSet } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { checkLinks } from './link-check.ts'
import { concludeResult, type ScanFacts } from './result.ts'

const link = { unplugged: [], isOnLink: true, gateways: [], own: new Set<string>() }
const facts: ScanFacts = { heardOthers: 3, isAllAttempted: true, isLacking: false, isStopped: false, link }
const resultOf = (more: Partial<ScanFacts>) => concludeResult({ ...facts, ...more }).result

describe('the result of a scan', () => {
  test('is complete where everybody was asked and somebody answered', () =>
    expect(resultOf({})).toBe('complete'))

  test('is incomplete where a probe failed, an address was not asked, or it was stopped', () => {
    for (const lack of [{ isLacking: true }, { isAllAttempted: false }, { isStopped: true }])
      expect(resultOf(lack)).toBe('incomplete')
    expect(resultOf({ heardOthers: 0, isStopped: true })).toBe('incomplete')
  })

  test('is empty only on a link that is alive, from an address of the segment, without a gateway that is silent', () => {
    expect(resultOf({ heardOthers: 0 })).toBe('empty')
    expect(resultOf({ heardOthers: 0, link: { ...link, isOnLink: false } })).toBe('unreached')
    expect(resultOf({ heardOthers: 0, link: { ...link, gateways: ['10.0.0.1'] } })).toBe('unreached')
    expect(resultOf({ heardOthers: 0, isAllAttempted: false })).toBe('incomplete')
  })

  test('is unreached without a carrier, whatever else', () => {
    expect(resultOf({ heardOthers: 0, link: { ...link, unplugged: ['seg0'] } })).toBe('unreached')
    // Pulled in the middle of a scan.
    expect(resultOf({ link: { ...link, unplugged: ['seg0'] } })).toBe('incomplete')
  })
})

describe('the link to a segment', () => {
  const ranges = AddressSet.parse(['10.0.0.0/24'])
  const seg0 = { name: 'seg0', address: '10.0.0.9', prefix: 24, mac: '02:00:00:00:00:09', internal: false }
  const state = {
    name: 'seg0',
    hasCarrier: true,
    ranges: [[0x0a000000, 0x0a0000ff] as const],
    gateways: [0x0a000001],
  }

  test('is alive with an address in the ranges; its gateways are those of the same link', () => {
    expect(checkLinks(ranges, [seg0], [{ ...state, gateways: [0x0a000001, 0x0b000001] }])).toMatchObject({
      unplugged: [],
      isOnLink: true,
      gateways: ['10.0.0.1'],
    })
  })

  test('is unplugged where the routes lead to an interface without a carrier', () => {
    expect(checkLinks(ranges, [], [{ ...state, hasCarrier: false }])).toMatchObject({ unplugged: ['seg0'] })
    const elsewhere = { ...state, ranges: [[0x0b000000, 0x0b0000ff] as const], hasCarrier: false }
    expect(checkLinks(ranges, [], [elsewhere])).toMatchObject({ unplugged: [], isOnLink: false })
  })

  test('is another one where the own address is not in the ranges: the wrong network', () => {
    const wrong = { ...seg0, address: '10.9.0.9' }
    expect(checkLinks(ranges, [wrong], null)).toMatchObject({ unplugged: [], isOnLink: false })
    // A part of the own network is reached over the same link.
    expect(checkLinks(AddressSet.parse(['10.0.0.64/28']), [seg0], null).isOnLink).toBe(true)
    expect(checkLinks(AddressSet.parse(['10.0.0.64/28', '10.5.0.0/24']), [seg0], null).isOnLink).toBe(false)
  })
})
