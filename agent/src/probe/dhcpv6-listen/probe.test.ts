import { expect, test } from 'vitest'
import { hearIn, SOURCE, SOURCE_ADDRESS_6, udp6Frame } from '../frame.testkit.ts'
import { dhcpv6Listen } from './probe.ts'

const option = (code: number, value: Uint8Array) =>
  Buffer.concat([Buffer.from([code >> 8, code & 255, value.length >> 8, value.length & 255]), value])
const hear = (type: number, ...options: Buffer[]) =>
  hearIn(dhcpv6Listen, udp6Frame(546, 547, Buffer.concat([Buffer.from([type, 1, 2, 3]), ...options])))

test('a client that solicits says its identifier, name and class', () => {
  const duid = Buffer.from('000100012d0f1a2b005056000001', 'hex')
  const name = Buffer.from('\u0001\u0004kk-1\u0002dk\u0000')
  const vendor = Buffer.concat([Buffer.from([0, 0, 1, 0x37, 0, 8]), Buffer.from('MSFT 5.0')])
  expect(hear(1, option(1, duid), option(39, name), option(16, vendor))).toEqual([
    {
      mac: SOURCE,
      address: SOURCE_ADDRESS_6,
      says: [
        `mac ${SOURCE}`,
        `dhcp.duid ${duid.toString('hex')}`,
        'mac 00:50:56:00:00:01',
        'dhcp.hostname kk-1.dk',
        'dhcp.vendorClass MSFT 5.0',
      ],
    },
  ])
})

test('what servers and relays send is not read as a client', () => {
  expect(hear(2)).toEqual([])
  expect(hear(12)).toEqual([])
})
