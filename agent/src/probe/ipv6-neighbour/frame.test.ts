import { formatIpv6, parseIpv6 } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressFromMac, echoFrame, LINK_LOCAL_PREFIX, solicitationFrame } from './frame.ts'
import { readSpeaker } from './read.ts'
import { Speakers } from './speakers.ts'

const octetsOf = (text: string): Uint8Array => parseIpv6(text) ?? new Uint8Array(16)
const own = { mac: '00:25:90:aa:bb:cc', address: octetsOf('fe80::225:90ff:feaa:bbcc') }

/** A frame from another host: header, then the message as hexadecimal. */
function frameOf(
  source: string,
  message: string,
  { hops = 'ff', next = '3a', mac = '000db9112237' } = {},
): Buffer {
  const length = (message.length / 2).toString(16).padStart(4, '0')
  const from = Buffer.from(octetsOf(source)).toString('hex')
  const to = Buffer.from(own.address).toString('hex')
  return Buffer.from(`002590aabbcc${mac}86dd60000000${length}${next}${hops}${from}${to}${message}`, 'hex')
}

describe('questions over IPv6', () => {
  test('an echo is the packet that RFC 4443 describes, to all nodes of the link', () => {
    expect(echoFrame(own, 0x1234, 1).toString('hex')).toBe(
      '333300000001002590aabbcc86dd' +
        '6000000000083afffe80000000000000022590fffeaabbccff020000000000000000000000000001' +
        '8000226712340001',
    )
  })

  test('a solicitation is the packet that RFC 4861 describes, to the group of its target', () => {
    expect(solicitationFrame(own, octetsOf('fe80::20d:b9ff:fe11:2237')).toString('hex')).toBe(
      '3333ff112237002590aabbcc86dd' +
        '6000000000203afffe80000000000000022590fffeaabbccff0200000000000000000001ff112237' +
        '8700e3c600000000fe80000000000000020db9fffe1122370101002590aabbcc',
    )
  })

  test('the address that follows from a MAC is the one of RFC 4291', () => {
    expect(formatIpv6(addressFromMac(LINK_LOCAL_PREFIX, '00:0d:b9:11:22:37'))).toBe(
      'fe80::20d:b9ff:fe11:2237',
    )
  })
})

const TARGET = 'fe80000000000000020db9fffe112237'

describe('what is heard over IPv6', () => {
  test('an echo reply names its sender, and whose question it answers', () => {
    expect(readSpeaker(frameOf('fe80::1', '8100000012340001', { hops: '40' }))).toEqual({
      mac: '00:0d:b9:11:22:37',
      address: octetsOf('fe80::1'),
      echo: 0x1234,
    })
  })

  test('an advertisement names its target and the MAC in its option', () => {
    const heard = readSpeaker(frameOf('fe80::9', `8800000060000000${TARGET}02010010f3000001`))
    expect(heard).toEqual({
      mac: '00:10:f3:00:00:01',
      address: octetsOf('fe80::20d:b9ff:fe11:2237'),
      echo: null,
    })
  })

  test('a report of groups names its sender behind the header that routers look into', () => {
    const report = '3a000502000001008f0000000000000104000000ff020000000000000000000000000016'
    expect(readSpeaker(frameOf('fe80::7', report, { hops: '01', next: '00' }))?.address).toEqual(
      octetsOf('fe80::7'),
    )
  })

  test('what came through a router, has no address yet or speaks of a group names nobody', () => {
    const advertisement = `8800000060000000${TARGET}`
    expect(readSpeaker(frameOf('fe80::1', advertisement, { hops: 'fe' }))).toBeNull()
    expect(readSpeaker(frameOf('::', `8700000000000000${TARGET}`))).toBeNull()
    expect(readSpeaker(frameOf('ff02::1', '8100000012340001'))).toBeNull()
    expect(readSpeaker(frameOf('fe80::1', '8100000012340001', { mac: '010db9112237' }))).toBeNull()
  })

  test('an option of no length ends the reading', () => {
    const heard = readSpeaker(frameOf('fe80::1', `8800000060000000${TARGET}0000${'00'.repeat(14)}`))
    expect(heard?.mac).toBe('00:0d:b9:11:22:37')
  })

  test('no frame throws or names a group, whatever it holds', () => {
    const message = fc.tuple(
      fc.constantFrom(129, 131, 133, 134, 135, 136, 143),
      fc.uint8Array({ maxLength: 120 }),
    )
    fc.assert(
      fc.property(
        message,
        fc.constantFrom('3a', '00'),
        fc.nat(200),
        fc.boolean(),
        ([type, rest], next, cut, isRaw) => {
          const body = Buffer.from([type, ...rest]).toString('hex')
          const whole = isRaw ? Buffer.from(rest) : frameOf('fe80::1', body, { next })
          const speaker = readSpeaker(whole.subarray(0, cut))
          expect(speaker?.address.length ?? 16).toBe(16)
          expect(speaker?.address[0]).not.toBe(0xff)
        },
      ),
      { numRuns: 5_000 },
    )
  })
})

describe('the speakers of a link', () => {
  const speakers = () => new Speakers(own.mac, [octetsOf('2001:db8:0:1::').subarray(0, 8)])

  test('are one result each, at their address of IPv4 where they have one', () => {
    const heard = speakers()
    heard.add('00:0d:b9:11:22:37', octetsOf('2001:db8:0:1::7'))
    heard.add('00:0d:b9:11:22:37', octetsOf('fe80::7'))
    heard.add('00:0d:b9:11:22:38', octetsOf('fe80::8'))
    const ipv4 = new Map([['00:0d:b9:11:22:38', '10.0.0.8']])
    expect([...heard.results(ipv4, 0)]).toMatchObject([
      {
        address: 'fe80::7',
        mac: '00:0d:b9:11:22:37',
        outcome: 'answered',
        evidence: [
          { kind: 'mac', value: '00:0d:b9:11:22:37' },
          { kind: 'ipv6.address', value: '2001:db8:0:1::7' },
          { kind: 'ipv6.address', value: 'fe80::7' },
        ],
      },
      { address: '10.0.0.8', mac: '00:0d:b9:11:22:38' },
    ])
    expect([...heard.results(ipv4, 0)]).toEqual([])
  })

  test('are neither this machine, nor groups, nor hosts of other links', () => {
    const heard = speakers()
    heard.add(own.mac, octetsOf('fe80::1'))
    heard.add('33:33:00:00:00:01', octetsOf('fe80::1'))
    heard.add('00:0d:b9:11:22:37', octetsOf('2001:db8:0:2::7'))
    expect([...heard.results(new Map(), 0)]).toEqual([])
  })

  test('keep a bounded number of addresses, whatever one host claims', () => {
    const heard = speakers()
    for (let number = 1; number < 1_000; number++)
      heard.add('00:0d:b9:11:22:37', octetsOf(`fe80::${number.toString(16)}`))
    expect([...heard.results(new Map(), 0)][0]?.evidence.length).toBe(17)
  })
})
