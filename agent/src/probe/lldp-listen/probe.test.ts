import { expect, test } from 'vitest'
import { addressOctets, etherFrame, hearIn, macOctets, SOURCE } from '../frame.testkit.ts'
import { lldpListen } from './probe.ts'

/** IEEE 802.1AB 8.4: seven bits of type, nine of length. */
function unit(...fields: [type: number, value: (number | string | Buffer)[]][]): Buffer {
  return Buffer.concat(
    fields.flatMap(([type, value]) => {
      const octets = Buffer.concat(
        value.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part as string))),
      )
      return [Buffer.from([(type << 1) | (octets.length >> 8), octets.length & 255]), octets]
    }),
  )
}

const chassis = '00:1b:54:00:00:01'
const hear = (...fields: Parameters<typeof unit>) => hearIn(lldpListen, etherFrame(0x88cc, unit(...fields)))
const head: Parameters<typeof unit> = [
  [1, [4, macOctets(chassis)]],
  [2, [5, 'Gi1/0/3']],
  [3, [0, 120]],
]

test('a switch says who it is and on which port this machine hangs', () => {
  expect(
    hear(
      ...head,
      [4, ['Lokale 217']],
      [5, ['sw-2.kk.dk']],
      [6, ['Cisco IOS Software, C2960X Software']],
      [7, [0, 0x14, 0, 0x14]],
      [8, [5, 1, addressOctets('10.0.0.2'), 2, 0, 0, 0, 1, 0]],
      [127, [0x00, 0x80, 0xc2, 1, 0, 41]],
      [0, []],
    ),
  ).toEqual([
    {
      mac: SOURCE,
      address: '10.0.0.2',
      says: [
        `mac ${SOURCE}`,
        `mac ${chassis}`,
        `lldp.chassis ${chassis}`,
        'lldp.sysName sw-2.kk.dk',
        'lldp.sysDescr Cisco IOS Software, C2960X Software',
        'lldp.capabilities bridge, router',
        'lldp.managementAddress 10.0.0.2',
      ],
      port: [
        `switch.chassis ${chassis}`,
        'switch.name sw-2.kk.dk',
        'switch.port Gi1/0/3',
        'switch.portDescription Lokale 217',
        'switch.vlan 41',
      ],
    },
  ])
})

test('a telephone tells its inventory (ANSI/TIA-1057), and nobody hangs on a port of it', () => {
  const med = (subtype: number, text: string): [number, (number | string)[]] => [
    127,
    [0, 0x12, 0xbb, subtype, text],
  ]
  const heard = hear(
    ...head,
    [7, [0, 0x20, 0, 0x20]],
    med(7, '66.84.0.10'),
    med(8, '805EC0112233'),
    med(9, 'Yealink'),
    med(10, 'SIP-T46S'),
  )
  expect(heard).toMatchObject([
    {
      says: expect.arrayContaining([
        'lldp.medSoftware 66.84.0.10',
        'lldp.medSerial 805EC0112233',
        'lldp.medManufacturer Yealink',
        'lldp.medModel SIP-T46S',
      ]),
    },
  ])
  expect(heard).not.toMatchObject([{ port: expect.anything() }])
})

test('a unit that does not begin with chassis and port is malformed; what is cut short ends one that does', () => {
  expect(hear([5, ['sw']], ...head)).toBe('malformed')
  expect(hear(head[0] ?? [0, []])).toBe('malformed')
  const cut = unit(...head, [5, ['sw-2.kk.dk']]).subarray(0, -3)
  expect(hearIn(lldpListen, etherFrame(0x88cc, cut))).toMatchObject([
    { says: [/./, /./, /./].map(() => expect.any(String)) },
  ])
})
