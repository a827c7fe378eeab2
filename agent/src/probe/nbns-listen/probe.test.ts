import { expect, test } from 'vitest'
import { addressOctets, hearIn, SOURCE, SOURCE_ADDRESS, udpFrame } from '../frame.testkit.ts'
import { nbnsListen } from './probe.ts'

/** RFC 1001 14.1: each half octet as a letter from A on. */
function encoded(name: string, suffix: number): Buffer {
  const octets = Buffer.alloc(16, ' ')
  octets.write(name)
  octets[15] = suffix
  const letters = [...octets].flatMap((octet) => [0x41 + (octet >> 4), 0x41 + (octet & 15)])
  return Buffer.from([32, ...letters, 0])
}

/** RFC 1002 4.2.2 and 4.2.4: a question, and for a registration the record that it adds. */
function message(opcode: number, name: Buffer, flags: number | null): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE((opcode << 11) | 0x0110, 2)
  header.writeUInt16BE(1, 4)
  const question = Buffer.from([0, 0x20, 0, 1])
  if (flags === null) return Buffer.concat([header, name, question])
  header.writeUInt16BE(1, 10)
  const record = Buffer.from([0xc0, 0x0c, 0, 0x20, 0, 1, 0, 4, 0x93, 0xe0, 0, 6, flags >> 8, flags & 255])
  return Buffer.concat([header, name, question, record, addressOctets(SOURCE_ADDRESS)])
}

const hear = (octets: Buffer) => hearIn(nbnsListen, udpFrame(137, 137, octets))
const heard = (...says: string[]) => [
  { mac: SOURCE, address: SOURCE_ADDRESS, says: [`mac ${SOURCE}`, ...says] },
]

test('a machine that registers or refreshes its name is heard with it', () => {
  expect(hear(message(5, encoded('KK-PC-0042', 0x00), 0x0000))).toEqual(heard('nbns.name KK-PC-0042'))
  expect(hear(message(8, encoded('KK-SRV', 0x20), 0x0000))).toEqual(heard('nbns.name KK-SRV'))
})

test('a group is a group, and the name of a service or in a question is no machine', () => {
  expect(hear(message(5, encoded('KOMMUNE', 0x00), 0x8000))).toEqual(heard('nbns.group KOMMUNE'))
  expect(hear(message(5, encoded('KOMMUNE', 0x1d), 0x0000))).toEqual(heard())
  expect(hear(message(0, encoded('KK-SRV', 0x20), null))).toEqual(heard())
})

test('a name that is not written as names are is malformed', () => {
  const name = encoded('KK', 0)
  name[5] = 0x7a
  expect(hear(message(5, name, 0))).toBe('malformed')
  expect(hear(Buffer.alloc(11))).toBe('malformed')
})
