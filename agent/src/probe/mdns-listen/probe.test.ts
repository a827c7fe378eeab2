import { encode } from 'dns-packet'
import { expect, test } from 'vitest'
import { hearIn, SOURCE, SOURCE_ADDRESS, SOURCE_ADDRESS_6, udp6Frame, udpFrame } from '../frame.testkit.ts'
import { mdnsListen } from './probe.ts'

const answers = [
  { type: 'PTR', name: '_axis-video._tcp.local', data: 'AXIS P3225._axis-video._tcp.local', ttl: 120 },
  { type: 'TXT', name: 'AXIS P3225._axis-video._tcp.local', data: ['macaddress=ACCC8E000001'], ttl: 120 },
] as const
const announcement = encode({ type: 'response', id: 0, answers: answers as never })

test('an announcement is heard with its services, over IPv6 too', () => {
  const says = [
    `mac ${SOURCE}`,
    'mdns.service _axis-video._tcp',
    'mdns.instance AXIS P3225',
    'mdns.txt _axis-video._tcp\nmacaddress=ACCC8E000001',
    'mac ac:cc:8e:00:00:01',
  ]
  expect(hearIn(mdnsListen, udpFrame(5353, 5353, announcement))).toEqual([
    { mac: SOURCE, address: SOURCE_ADDRESS, says },
  ])
  expect(hearIn(mdnsListen, udp6Frame(5353, 5353, announcement))).toEqual([
    { mac: SOURCE, address: SOURCE_ADDRESS_6, says },
  ])
})

test('a question proves presence and says nothing, and so does an answer from another port', () => {
  const question = encode({ type: 'query', questions: [{ type: 'PTR', name: '_ipp._tcp.local' }] })
  const present = [{ mac: SOURCE, address: SOURCE_ADDRESS, says: [`mac ${SOURCE}`] }]
  expect(hearIn(mdnsListen, udpFrame(5353, 5353, question))).toEqual(present)
  expect(hearIn(mdnsListen, udpFrame(40_000, 5353, announcement))).toEqual(present)
})

test('a name that points at itself is malformed (RFC 1035 4.1.4)', () => {
  const loop = Buffer.from('000084000000000100000000c00c000c000100000078000cc00c', 'hex')
  expect(hearIn(mdnsListen, udpFrame(5353, 5353, loop))).toBe('malformed')
})
