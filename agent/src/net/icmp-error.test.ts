import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRefusal } from './icmp-error.ts'

/** An ICMP error as a host sends it: its own header, the error, the header and the beginning of what it refuses. */
function errorPacket(type = 3, code = 3, protocol = 17): Buffer {
  const packet = Buffer.alloc(20 + 8 + 20 + 8)
  packet[0] = 0x45
  packet[9] = 1
  Buffer.from([10, 0, 0, 5]).copy(packet, 12)
  packet[20] = type
  packet[21] = code
  packet[28] = 0x45
  packet[37] = protocol
  Buffer.from([10, 0, 0, 5]).copy(packet, 44)
  packet.writeUInt16BE(50_000, 48)
  packet.writeUInt16BE(161, 50)
  return packet
}

test('a port that a host refuses is told with our own port', () => {
  for (const code of [3, 9, 10, 13])
    expect(readRefusal(errorPacket(3, code))).toEqual({ address: '10.0.0.5', port: 50_000 })
})

test('what a firewall refuses in the name of another makes no device of that address', () => {
  const packet = errorPacket(3, 13)
  Buffer.from([10, 0, 0, 1]).copy(packet, 12)
  expect(readRefusal(packet)).toBeNull()
})

test('an echo, an unreachable host and an error about TCP are no refusal of a datagram', () => {
  for (const packet of [errorPacket(0, 0), errorPacket(3, 1), errorPacket(11, 0), errorPacket(3, 3, 6)])
    expect(readRefusal(packet)).toBeNull()
})

test('nothing that comes over the wire can be worse than null', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(60), fc.nat(255), (noise, at, octet) => {
      readRefusal(Buffer.from(noise))
      const packet = errorPacket()
      packet[Math.min(at, packet.length - 1)] = octet
      readRefusal(packet.subarray(0, at))
      expect(() => readRefusal(packet)).not.toThrow()
    }),
  )
})
