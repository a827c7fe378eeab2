import { SocketAddress } from 'node:net'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatIpv6 } from './ipv6.ts'

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000000000001', '::1'],
  ['fe800000000000000200acfffe000001', 'fe80::200:acff:fe00:1'],
  ['20010db8000000010000000000000001', '2001:db8:0:1::1'],
  ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['20010db8000100010001000100010000', '2001:db8:1:1:1:1:1:0'],
  ['ff020000000000000000000000000000', 'ff02::'],
])('%s is written %s', (hex, text) => {
  expect(formatIpv6(Buffer.from(hex, 'hex'))).toBe(text)
})

test('what is written is read as the same address by the system', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 0, 1, 0xffff, 0xab), { minLength: 8, maxLength: 8 }),
      (groups) => {
        const octets = Buffer.alloc(16)
        groups.forEach((group, index) => octets.writeUInt16BE(group, 2 * index))
        const plain = groups.map((group) => group.toString(16)).join(':')
        const read = (address: string) => new SocketAddress({ address, family: 'ipv6' }).address
        expect(read(formatIpv6(octets))).toBe(read(plain))
      },
    ),
  )
})
