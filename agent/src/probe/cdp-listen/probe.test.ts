import { expect, test } from 'vitest'
import { addressOctets, hearIn, snapFrame, SOURCE } from '../frame.testkit.ts'
import { cdpListen } from './probe.ts'

function field(type: number, value: Uint8Array | string): Buffer {
  const octets = Buffer.from(value as string)
  return Buffer.concat([
    Buffer.from([type >> 8, type & 255, (octets.length + 4) >> 8, (octets.length + 4) & 255]),
    octets,
  ])
}

const message = (...fields: Buffer[]) => Buffer.concat([Buffer.from([2, 180, 0, 0]), ...fields])
const hear = (...fields: Buffer[]) => hearIn(cdpListen, snapFrame(0x2000, message(...fields)))
const address = (text: string) =>
  Buffer.concat([Buffer.from([0, 0, 0, 1, 1, 1, 0xcc, 0, 4]), addressOctets(text)])

test('a switch says who it is and on which port and VLAN this machine hangs', () => {
  expect(
    hear(
      field(1, 'sw-2.kk.dk'),
      field(2, address('10.0.0.2')),
      field(3, 'GigabitEthernet1/0/3'),
      field(4, Buffer.from([0, 0, 0, 0x28])),
      field(5, 'Cisco IOS Software, C2960X'),
      field(6, 'cisco WS-C2960X-24TS-L'),
      field(0x0a, Buffer.from([0, 41])),
    ),
  ).toEqual([
    {
      mac: SOURCE,
      address: '10.0.0.2',
      says: [
        `mac ${SOURCE}`,
        'cdp.deviceId sw-2.kk.dk',
        'cdp.platform cisco WS-C2960X-24TS-L',
        'cdp.version Cisco IOS Software, C2960X',
        'cdp.managementAddress 10.0.0.2',
      ],
      port: ['switch.name sw-2.kk.dk', 'switch.port GigabitEthernet1/0/3', 'switch.vlan 41'],
    },
  ])
})

test('a telephone has no port for others', () => {
  expect(hear(field(1, 'SEP001122334455'), field(4, Buffer.from([0, 0, 0, 0x90])))).toEqual([
    { mac: SOURCE, address: null, says: [`mac ${SOURCE}`, 'cdp.deviceId SEP001122334455'] },
  ])
})

test('a field whose length is less than its own head ends the message, and a message without fields is malformed', () => {
  expect(hear(field(1, 'a'), Buffer.from([0, 6, 0, 2, 0, 0]))).toMatchObject([{ address: null }])
  expect(hear(Buffer.from([0, 6, 0, 2]))).toBe('malformed')
  expect(hear()).toBe('malformed')
})

test('a list that claims four thousand million addresses has those that are there', () => {
  const many = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), address('10.0.0.2').subarray(4)])
  expect(hear(field(2, many))).toMatchObject([{ address: '10.0.0.2' }])
})
