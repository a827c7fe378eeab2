import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMac, isIdentifyingMac, isVirtualRouterMac, parseMac } from './mac.ts'

describe('MAC addresses', () => {
  it.each([
    '44:19:b6:00:0a:01',
    '44-19-B6-00-0A-01',
    '4419.b600.0a01',
    '4419B6000A01',
    '0x4419b6000a01',
    '44:19:b6:0:a:1',
  ])('reads %s', (text) => expect(parseMac(text)).toBe('44:19:b6:00:0a:01'))

  it.each([
    '',
    '44:19:b6:00:0a',
    '44:19-b6:00:0a:01',
    '44:19:b6:00:0a:0g',
    '4419b6000a0',
    'x'.repeat(100_000),
  ])('gives null for what is no address (%#)', (text) => expect(parseMac(text)).toBeNull())

  it('writes and reads back every address', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 6, maxLength: 6 }), (octets) => {
        const mac = formatMac(octets)
        expect(parseMac(mac)).toBe(mac)
      }),
    )
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect([null, 'string']).toContain(parseMac(text) === null ? null : typeof parseMac(text))
      }),
    )
  })

  it('knows the addresses that several routers share', () => {
    for (const shared of ['00:00:5e:00:01:0a', '00:00:0c:07:ac:01', '00:00:0c:9f:f0:01', '00:05:73:a0:00:01'])
      expect(isVirtualRouterMac(shared)).toBe(true)
    expect(isVirtualRouterMac('00:00:5e:00:53:01')).toBe(false)
  })

  it('lets only global unicast addresses name a device', () => {
    expect(isIdentifyingMac('44:19:b6:00:00:01')).toBe(true)
    for (const mac of [
      '46:19:b6:00:00:01',
      '01:00:5e:00:00:01',
      '00:00:00:00:00:00',
      'ff:ff:ff:ff:ff:ff',
      '00:00:5e:00:01:01',
    ])
      expect(isIdentifyingMac(mac)).toBe(false)
  })
})
