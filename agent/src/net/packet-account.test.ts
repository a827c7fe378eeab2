import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PacketAccount } from './packet-account.ts'

test('the account counts packets, and each address once, however it is written', () => {
  const account = new PacketAccount()
  account.add('10.0.0.1', 2)
  account.add(0x0a000001)
  account.add('ff02::1')
  expect(account.take()).toEqual({ packets: 4, addresses: 2 })
  expect(account.take()).toEqual({ packets: 0, addresses: 0 })
  expect(account.total).toBe(4)
})

test('the account tells any addresses apart', () => {
  const address = fc.oneof(fc.nat(0xffff_ffff), fc.nat(10_000), fc.constantFrom(0, 0xffff_ffff))
  fc.assert(
    fc.property(fc.array(address), (addresses) => {
      const account = new PacketAccount()
      for (const one of addresses) account.add(one)
      expect(account.take()).toEqual({ packets: addresses.length, addresses: new Set(addresses).size })
    }),
  )
})
