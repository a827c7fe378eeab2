import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  arpFrame,
  icmpv6Frame,
  llcFrame,
  snapFrame,
  SOURCE,
  SOURCE_ADDRESS,
  SOURCE_ADDRESS_6,
  tagged,
  udp6Frame,
  udpFrame,
} from '../probe/frame.testkit.ts'
import { dissect } from './dissect.ts'

const payload = Buffer.from('payload')

test('a datagram is found behind its headers, with addresses and ports', () => {
  for (const [frame, address] of [
    [udpFrame(68, 67, payload), SOURCE_ADDRESS],
    [udpFrame(68, 67, payload, { options: 12 }), SOURCE_ADDRESS],
    [udp6Frame(68, 67, payload), SOURCE_ADDRESS_6],
  ] as const)
    expect(dissect(frame, null)).toMatchObject({
      key: 'udp 67',
      packet: {
        source: SOURCE,
        vlan: null,
        sourceAddress: address,
        sourcePort: 68,
        destinationPort: 67,
        payload,
      },
    })
})

test('what pads a short frame is not the packet', () => {
  const padded = Buffer.concat([udpFrame(68, 67, payload), Buffer.alloc(20, 0xee)])
  expect(dissect(padded, null)?.packet.payload).toEqual(payload)
  const bpdu = Buffer.concat([llcFrame(0x4242, payload), Buffer.alloc(20, 0xee)])
  expect(dissect(bpdu, null)?.packet.payload).toEqual(payload)
})

test('the kinds of frames have words of their own', () => {
  const keys = [
    arpFrame(SOURCE, '10.0.0.7'),
    llcFrame(0x4242, payload),
    snapFrame(0x2000, payload),
    icmpv6Frame(135, Buffer.alloc(20)),
    icmpv6Frame(143, Buffer.alloc(20), { hopByHop: true }),
  ].map((frame) => dissect(frame, null)?.key)
  expect(keys).toEqual(['ether 2054', 'llc 16962', 'snap 8192', 'icmpv6 135', 'icmpv6 143'])
})

test('a VLAN is told by the kernel, or stands in the frame; of two tags the inner one counts', () => {
  const frame = arpFrame(SOURCE, '10.0.0.7')
  const vlans = [
    dissect(frame, 41),
    dissect(tagged(frame, 42), null),
    dissect(tagged(tagged(frame, 43), 42), 41),
  ]
  expect(vlans.map((found) => found?.packet.vlan)).toEqual([41, 42, 43])
  expect(dissect(tagged(tagged(tagged(frame, 43), 42), 41), null)).toBeNull()
})

test('fragments are nobody', () => {
  expect(dissect(udpFrame(68, 67, payload, { fragment: 0x2000 }), null)).toBeNull()
  expect(dissect(udpFrame(68, 67, payload, { fragment: 1 }), null)).toBeNull()
})

test('any octets, and any change or cut of a good frame, give a packet within the frame, or nothing', () => {
  const frames = [
    udpFrame(5353, 5353, payload),
    udp6Frame(5353, 5353, payload),
    snapFrame(0x2000, payload),
    icmpv6Frame(143, Buffer.alloc(20), { hopByHop: true }),
    tagged(udpFrame(5353, 5353, payload, { options: 40 }), 9),
  ]
  const check = (frame: Buffer) =>
    expect(dissect(frame, null)?.packet.payload.length ?? 0).toBeLessThanOrEqual(frame.length)
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 120 }),
      fc.nat(frames.length - 1),
      fc.array(fc.tuple(fc.nat(90), fc.nat(255)), { maxLength: 5 }),
      fc.nat(130),
      (noise, which, changes, length) => {
        const frame = Buffer.from(frames[which] ?? '')
        for (const [at, octet] of changes) if (at < frame.length) frame[at] = octet
        check(Buffer.from(noise))
        check(frame.subarray(0, length))
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 5_000) },
  )
})
