import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressOctets, hearIn, macOctets, SOURCE, udpFrame } from '../frame.testkit.ts'
import { readOptions, routesIn } from './option.ts'
import { dhcpListen } from './probe.ts'

const client = 'ac:cc:8e:00:00:01'

interface Fields {
  yours?: string
  own?: string
  relay?: string
}

function message(
  operation: 1 | 2,
  options: [code: number, value: Uint8Array | string][],
  fields: Fields = {},
): Buffer {
  const fixed = Buffer.alloc(240)
  fixed[0] = operation
  fixed[1] = 1
  fixed[2] = 6
  addressOctets(fields.own ?? '0.0.0.0').copy(fixed, 12)
  addressOctets(fields.yours ?? '0.0.0.0').copy(fixed, 16)
  addressOctets(fields.relay ?? '0.0.0.0').copy(fixed, 24)
  macOctets(client).copy(fixed, 28)
  fixed.writeUInt32BE(0x63825363, 236)
  const written = options.map(([code, value]) => {
    const octets = Buffer.from(value as string)
    return Buffer.concat([Buffer.from([code, octets.length]), octets])
  })
  return Buffer.concat([fixed, ...written, Buffer.from([255])])
}

const fromClient = (octets: Buffer) => hearIn(dhcpListen, udpFrame(68, 67, octets, { source: '0.0.0.0' }))
const fromServer = (octets: Buffer) => hearIn(dhcpListen, udpFrame(67, 68, octets, { source: '10.0.0.1' }))

test('a client that looks for a server says who it is; what it asks for is not its address', () => {
  const octets = message(1, [
    [53, [1]],
    [61, Buffer.concat([Buffer.from([1]), macOctets(client)])],
    [50, addressOctets('10.0.0.77')],
    [12, 'axis-accc8e000001'],
    [60, 'AXIS,Network Camera,P3225-LV Mk II,9.70.1.5'],
    [55, [1, 3, 6, 15, 252]],
  ] as [number, Uint8Array][])
  expect(fromClient(octets)).toEqual([
    {
      mac: client,
      address: null,
      says: [
        `mac ${client}`,
        'dhcp.messageType discover',
        'dhcp.hostname axis-accc8e000001',
        'dhcp.vendorClass AXIS,Network Camera,P3225-LV Mk II,9.70.1.5',
        'dhcp.clientId 01accc8e000001',
        'dhcp.parameterList 1,3,6,15,252',
        'dhcp.requestedAddress 10.0.0.77',
      ],
    },
  ])
})

test('a client that renews has its address', () => {
  expect(fromClient(message(1, [[53, Buffer.from([3])]], { own: '10.0.0.77' }))).toMatchObject([
    { mac: client, address: '10.0.0.77' },
  ])
})

const offered: [number, Buffer | string][] = [
  [54, addressOctets('10.0.0.1')],
  [3, addressOctets('10.0.0.2')],
  [6, Buffer.concat([addressOctets('10.0.0.3'), addressOctets('8.8.8.8')])],
  [42, addressOctets('10.0.0.4')],
  [252, 'http://wpad/wpad.dat'],
  [121, Buffer.from([16, 10, 50, 10, 0, 0, 4, 0, 10, 0, 0, 9])],
]

test('a server says what it hands out, and an acknowledgement whose the address is', () => {
  const heard = fromServer(message(2, [[53, Buffer.from([5])], ...offered], { yours: '10.0.0.77' }))
  expect(heard).toEqual([
    {
      mac: SOURCE,
      address: '10.0.0.1',
      says: [
        `mac ${SOURCE}`,
        'dhcp.messageType ack',
        'dhcp.proxyConfiguration http://wpad/wpad.dat',
        'dhcp.serverIdentifier 10.0.0.1',
        'dhcp.router 10.0.0.2',
        'dhcp.dnsServer 10.0.0.3',
        'dhcp.dnsServer 8.8.8.8',
        'dhcp.ntpServer 10.0.0.4',
        'dhcp.classlessRoute 10.50.0.0/16 via 10.0.0.4',
        'dhcp.classlessRoute 0.0.0.0/0 via 10.0.0.9',
      ],
    },
    { mac: client, address: '10.0.0.77', says: [`mac ${client}`] },
  ])
})

test('an offer gives nobody an address yet, and what a relay has passed on says so', () => {
  const heard = fromServer(message(2, [[53, Buffer.from([2])]], { yours: '10.0.0.77', relay: '10.0.0.5' }))
  expect(heard).toEqual([
    {
      mac: SOURCE,
      address: '10.0.0.1',
      says: [`mac ${SOURCE}`, 'dhcp.messageType offer', 'dhcp.relay 10.0.0.5'],
    },
  ])
})

test('an option in pieces is one (RFC 3396), and fields of the message can hold options too (RFC 2131 4.1)', () => {
  const octets = message(1, [
    [60, 'AXIS,'],
    [60, 'Network Camera'],
    [52, Buffer.from([1])],
  ])
  Buffer.from([12, 3, 0x61, 0x62, 0x63, 255]).copy(octets, 108)
  const options = readOptions(octets)
  expect([options?.get(60)?.toString(), options?.get(12)?.toString()]).toEqual(['AXIS,Network Camera', 'abc'])
})

test('a thousand pieces of one option stay one small option', () => {
  const octets = message(
    1,
    Array.from({ length: 1_000 }, () => [60, 'x'.repeat(255)] as [number, string]),
  )
  expect(readOptions(octets)?.get(60)?.length).toBeLessThanOrEqual(1_024)
})

test('routes of any octets are routes, or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => {
      for (const route of routesIn(Buffer.from(octets)))
        expect(route).toMatch(/^[\d.]+\/([12]?\d|3[012]) via [\d.]+$/)
    }),
  )
})
