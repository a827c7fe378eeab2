import { expect, test } from 'vitest'
import { hearIn, macOctets, SOURCE, SOURCE_ADDRESS, udpFrame } from '../frame.testkit.ts'
import { mndpListen } from './probe.ts'

const field = (type: number, value: Uint8Array | string) => {
  const octets = Buffer.from(value as string)
  return Buffer.concat([Buffer.from([0, type, octets.length >> 8, octets.length & 255]), octets])
}
const hear = (...fields: Buffer[]) =>
  hearIn(mndpListen, udpFrame(5678, 5678, Buffer.concat([Buffer.alloc(4), ...fields])))

test('a router announces itself', () => {
  const heard = hear(
    field(1, macOctets('e4:8d:8c:00:00:01')),
    field(5, 'tag-3'),
    field(7, '7.18 (stable)'),
    field(8, 'MikroTik'),
    field(12, 'RB4011iGS+'),
  )
  expect(heard).toEqual([
    {
      mac: SOURCE,
      address: SOURCE_ADDRESS,
      says: [
        `mac ${SOURCE}`,
        'mac e4:8d:8c:00:00:01',
        'mndp.identity tag-3',
        'mndp.version 7.18 (stable)',
        'mndp.platform MikroTik',
        'mndp.board RB4011iGS+',
      ],
    },
  ])
})

test('a field that is longer than the message is malformed', () => {
  expect(hear(Buffer.from([0, 5, 0, 9, 1]))).toBe('malformed')
})
