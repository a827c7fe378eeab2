import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIpv6, isLinkLocalIpv6, parseIpv6 } from './ipv6.ts'

const octets = fc.uint8Array({ minLength: 16, maxLength: 16 })

describe('IPv6 addresses', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(octets, (address) => {
        expect(parseIpv6(formatIpv6(address))).toEqual(Uint8Array.from(address))
      }),
    )
  })

  it.each([
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['FE80::1%eth0', 'fe80::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::ffff:10.0.0.1', '::ffff:a00:1'],
  ])('writes %s as RFC 5952 has it', (text, written) =>
    expect(formatIpv6(parseIpv6(text) ?? new Uint8Array(16))).toBe(written),
  )

  it.each(['', '10.0.0.1', 'fe80:::1', '1:2:3:4:5:6:7', 'fe80::1/64', '::1]', 'x'.repeat(1_000)])(
    'refuses %j',
    (text) => expect(parseIpv6(text)).toBeNull(),
  )

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseIpv6(text)?.length ?? 16).toBe(16)
      }),
    )
  })

  it('knows what does not leave the link', () => {
    const isLinkLocal = (text: string) => isLinkLocalIpv6(parseIpv6(text) ?? new Uint8Array(16))
    expect(['fe80::1', 'febf::1'].map(isLinkLocal)).toEqual([true, true])
    expect(['fec0::1', '2001:db8::1', 'ff02::1', '::1'].map(isLinkLocal)).toEqual([
      false,
      false,
      false,
      false,
    ])
  })
})
