import { BlockList } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIpv4, parseIpv4 } from './ipv4.ts'
import { AddressSet, parseRange } from './ranges.ts'

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 })

describe('IPv4 addresses', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(address, (number) => {
        expect(parseIpv4(formatIpv4(number))).toBe(number)
      }),
    )
  })

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1..2.3',
    '1.2.3.4 ',
    '::1',
    '1.2.3.-4',
    '1.2.3.4/8',
  ])('refuses %j', (text) => expect(parseIpv4(text)).toBeNull())
})

describe('ranges', () => {
  it('reads prefixes, single addresses and spans', () => {
    expect(parseRange('10.0.0.5/24').map(formatIpv4)).toEqual(['10.0.0.0', '10.0.0.255'])
    expect(parseRange('10.0.0.7').map(formatIpv4)).toEqual(['10.0.0.7', '10.0.0.7'])
    expect(parseRange('10.0.0.10 - 10.0.0.20').map(formatIpv4)).toEqual(['10.0.0.10', '10.0.0.20'])
    expect(parseRange('0.0.0.0/0')).toEqual([0, 2 ** 32 - 1])
  })

  it.each([
    '',
    '10.0.0.0/33',
    '10.0.0/24',
    '10.0.0.9-10.0.0.1',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    'fe80::/10',
    '10.0.0.0/-1',
  ])('refuses %j with a code that says what to write', (text) =>
    expect(() => parseRange(text)).toThrow(expect.objectContaining({ code: 'address.invalid-range' })),
  )
})

describe('a set of addresses', () => {
  const prefix = fc.tuple(address, fc.integer({ min: 8, max: 32 }))

  it('agrees with the platform about membership', () => {
    fc.assert(
      fc.property(
        fc.array(prefix, { maxLength: 12 }),
        fc.array(address, { maxLength: 30 }),
        (prefixes, probes) => {
          const list = new BlockList()
          for (const [base, bits] of prefixes) list.addSubnet(formatIpv4(base), bits)
          const set = AddressSet.parse(prefixes.map(([base, bits]) => `${formatIpv4(base)}/${bits}`))
          for (const probe of [...probes, ...prefixes.map(([base]) => base)])
            expect(set.has(probe)).toBe(list.check(formatIpv4(probe)))
        },
      ),
    )
  })

  it('holds what one set has and the other has not', () => {
    const small = fc.integer({ min: 0, max: 300 })
    const span = fc.tuple(small, small).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    fc.assert(
      fc.property(fc.array(span), fc.array(span), (scope, excluded) => {
        const rest = new AddressSet(scope).without(new AddressSet(excluded))
        const held = (spans: (readonly [number, number])[], n: number) =>
          spans.some(([a, b]) => a <= n && n <= b)
        const expected = Array.from({ length: 301 }, (_, n) => n).filter(
          (n) => held(scope, n) && !held(excluded, n),
        )
        expect([...rest]).toEqual(expected)
        expect(rest.size).toBe(expected.length)
      }),
    )
  })

  it('counts each address once where ranges overlap', () => {
    expect(AddressSet.parse(['10.0.0.0/24', '10.0.0.128/25', '10.0.1.0/24']).ranges).toHaveLength(1)
    expect(AddressSet.parse(['10.0.0.0/24', '10.0.0.0/25']).size).toBe(256)
  })
})
