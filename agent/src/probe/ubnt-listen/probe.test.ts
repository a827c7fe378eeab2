import { expect, test } from 'vitest'
import { addressOctets, hearIn, macOctets, SOURCE, SOURCE_ADDRESS, udpFrame } from '../frame.testkit.ts'
import { ubntListen } from './probe.ts'

const field = (type: number, value: Uint8Array | string) => {
  const octets = Buffer.from(value as string)
  return Buffer.concat([Buffer.from([type, octets.length >> 8, octets.length & 255]), octets])
}
const hear = (...fields: Buffer[]) => {
  const body = Buffer.concat(fields)
  const head = Buffer.from([1, 0, body.length >> 8, body.length & 255])
  return hearIn(ubntListen, udpFrame(10_001, 10_001, Buffer.concat([head, body])))
}
const mac = 'dc:9f:db:00:00:01'

test('a radio announces itself with all its addresses', () => {
  expect(
    hear(
      field(2, Buffer.concat([macOctets(mac), addressOctets('10.0.0.7')])),
      field(2, Buffer.concat([macOctets(mac), addressOctets('192.168.1.20')])),
      field(3, 'XM.ar7240.v5.6.3'),
      field(0x0b, 'mast-3'),
      field(0x0c, 'N5N'),
      field(0x14, 'NanoStation M5'),
    ),
  ).toEqual([
    {
      mac: SOURCE,
      address: SOURCE_ADDRESS,
      says: [
        `mac ${SOURCE}`,
        `mac ${mac}`,
        'ubnt.address 10.0.0.7',
        'ubnt.address 192.168.1.20',
        'ubnt.firmware XM.ar7240.v5.6.3',
        'ubnt.hostname mast-3',
        'ubnt.platform N5N',
        'ubnt.model NanoStation M5',
      ],
    },
  ])
})

test('a question proves presence; a field that is longer than the message is malformed', () => {
  expect(hear()).toEqual([{ mac: SOURCE, address: SOURCE_ADDRESS, says: [`mac ${SOURCE}`] }])
  expect(hear(Buffer.from([3, 0, 9, 1]))).toBe('malformed')
})
