import { expect, test } from 'vitest'
import { hearIn, icmpv6Frame, SOURCE, SOURCE_ADDRESS_6 } from '../frame.testkit.ts'
import { ndListen } from './probe.ts'

const octets = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const present = { mac: SOURCE, address: SOURCE_ADDRESS_6, says: [`mac ${SOURCE}`] }
const target = '20010db8000000010000000000000009'

test('a router is heard with prefix, resolver and lifetime', () => {
  const advertisement = octets(
    '40 80 0708 00000000 00000000' +
      `03 04 40 c0 00015180 00003840 00000000 20010db8000000010000000000000000` +
      `19 03 0000 00000708 20010db8000000010000000000000053` +
      '01 01 0025900000ff',
  )
  expect(hearIn(ndListen, icmpv6Frame(134, advertisement))).toEqual([
    {
      mac: SOURCE,
      address: SOURCE_ADDRESS_6,
      says: [
        `mac ${SOURCE}`,
        'ra.lifetime 1800',
        'ra.managed yes',
        'ra.prefix 2001:db8:0:1::/64',
        'ra.dnsServer 2001:db8:0:1::53',
        'mac 00:25:90:00:00:ff',
      ],
    },
  ])
})

test('a host that asks or reports is there', () => {
  expect(hearIn(ndListen, icmpv6Frame(135, octets(`00000000 ${target}`)))).toEqual([present])
  expect(hearIn(ndListen, icmpv6Frame(133, octets('00000000')))).toEqual([present])
  expect(hearIn(ndListen, icmpv6Frame(143, octets('00000001 04000000'), { hopByHop: true }))).toEqual([
    present,
  ])
})

test('a host that looks whether an address is free has none yet', () => {
  const frame = icmpv6Frame(135, octets(`00000000 ${target}`), { source: '00'.repeat(16) })
  expect(hearIn(ndListen, frame)).toEqual([
    { mac: SOURCE, address: null, says: [`mac ${SOURCE}`, 'nd.tentative 2001:db8:0:1::9'] },
  ])
})

test('an advertisement speaks of the address in it and the MAC that it names', () => {
  expect(hearIn(ndListen, icmpv6Frame(136, octets(`a0000000 ${target} 02 01 44198b000001`)))).toEqual([
    { mac: '44:19:8b:00:00:01', address: '2001:db8:0:1::9', says: ['mac 44:19:8b:00:00:01'] },
  ])
})

test('what a router has passed on is no neighbour (RFC 4861 7.1.1), and an option of no length ends the list', () => {
  const frame = icmpv6Frame(135, octets(`00000000 ${target}`))
  frame[14 + 7] = 64
  expect(hearIn(ndListen, frame)).toBe('malformed')
  expect(hearIn(ndListen, icmpv6Frame(136, octets(`a0000000 ${target} 02 00 44198b000001`)))).toMatchObject([
    { mac: SOURCE },
  ])
})
