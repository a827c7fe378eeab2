import { encode } from 'dns-packet'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENUMERATION, ServiceListing } from './listing.ts'
import { encodeQuery, readResponse, type Record } from './message.ts'

const pointer = (name: string, data: string): Record => ({ type: 'PTR', name, data, ttl: 120 })

test('a device is asked on until it has told what it offers', () => {
  const listing = new ServiceListing()
  listing.add([pointer(ENUMERATION.name, '_axis-video._tcp.local')])
  expect(listing.next()).toEqual([{ name: '_axis-video._tcp.local', type: 'PTR' }])
  listing.add([pointer('_axis-video._tcp.local', 'AXIS P3225 - ACCC8E000001._axis-video._tcp.local')])
  expect(listing.next()).toContainEqual({
    name: 'AXIS P3225 - ACCC8E000001._axis-video._tcp.local',
    type: 'TXT',
  })
  listing.add([
    {
      type: 'TXT',
      name: 'AXIS P3225 - ACCC8E000001._axis-video._tcp.local',
      data: ['macaddress=ACCC8E000001'],
      ttl: 120,
    },
    {
      type: 'TXT',
      name: 'AXIS P3225 - ACCC8E000001._device-info._tcp.local',
      data: ['model=AXIS P3225'],
      ttl: 120,
    },
  ])
  expect(listing.next().filter(({ type }) => type === 'TXT')).toEqual([])
  expect(listing.evidence()).toEqual(
    expect.arrayContaining([
      { kind: 'mdns.service', value: '_axis-video._tcp' },
      { kind: 'mdns.instance', value: 'AXIS P3225 - ACCC8E000001' },
      { kind: 'mdns.deviceInfoTxt', value: 'model=AXIS P3225' },
      { kind: 'mac', value: 'ac:cc:8e:00:00:01' },
    ]),
  )
})

test('a device that offers without end is asked and kept within bounds', () => {
  const listing = new ServiceListing()
  for (let index = 0; index < 5_000; index++) {
    listing.add([pointer(ENUMERATION.name, `_s${index}._tcp.local`)])
    listing.add([pointer('_s0._tcp.local', `i${index}._s0._tcp.local`)])
    listing.add([
      { type: 'TXT', name: `i${index}._s0._tcp.local`, data: ['k='.padEnd(255, 'v'), 'x'], ttl: 1 },
    ])
  }
  expect(listing.next().length).toBeLessThan(64)
  expect(listing.evidence().length).toBeLessThan(128)
})

test('a question can be read by any reader of DNS, and is not taken for an answer', () => {
  const query = Buffer.from(encodeQuery(7, [ENUMERATION]))
  expect(readResponse(query)).toBeNull()
})

test('any octets give a response, nothing, or garbage: never an exception', () => {
  const good = encode({
    type: 'response',
    id: 1,
    answers: [pointer(ENUMERATION.name, '_http._tcp.local')] as never,
  })
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
      (noise, changes) => {
        readResponse(Buffer.from(noise))
        const broken = Buffer.from(good)
        for (const [at, octet] of changes) broken[at % broken.length] = octet
        const response = readResponse(broken)
        if (response !== null && response !== 'malformed') {
          const listing = new ServiceListing()
          listing.add(response.records)
          listing.evidence()
        }
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 2_000) },
  )
  // A name that points at itself (RFC 1035 4.1.4).
  const loop = Buffer.concat([
    Buffer.from('000084000000000100000000', 'hex'),
    Buffer.from('c00c000c000100000078000cc00c', 'hex'),
  ])
  expect(readResponse(loop)).toBe('malformed')
})
