import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aimAt, ARP_FRAME_OCTETS, requestFrames, SENDER_MAC_OFFSET, senderOf } from './frame.ts'
import { Sightings } from './sighting.ts'

const own = { mac: '00:25:90:aa:bb:cc', address: 0x0a000001 }

test('a request is the frame that RFC 826 describes', () => {
  const frames = requestFrames(own, 2)
  aimAt(frames, 1, 0x0a000002)
  expect(frames.subarray(ARP_FRAME_OCTETS).toString('hex')).toBe(
    'ffffffffffff002590aabbcc08060001080006040001002590aabbcc0a0000010000000000000a000002',
  )
})

test('a reply names its sender, and so does the request of another host', () => {
  const [frame] = [requestFrames(own, 1)]
  for (const operation of [1, 2]) {
    frame.writeUInt16BE(operation, 20)
    expect(senderOf(frame)).toBe(own.address)
    expect(frame.toString('hex', SENDER_MAC_OFFSET, SENDER_MAC_OFFSET + 6)).toBe('002590aabbcc')
  }
})

test('what is no ARP for IPv4, is cut short, or has no sender yet names nobody', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (octets) => {
      return senderOf(Buffer.from(octets)) === 0 || Buffer.from(octets).readUInt16BE(12) === 0x0806
    }),
  )
  const probe = requestFrames({ ...own, address: 0 }, 1)
  expect(senderOf(probe)).toBe(0)
  expect(senderOf(requestFrames(own, 1).subarray(0, 41))).toBe(0)
})

test('two MACs that claim one address are two results, a flood of claims is not', () => {
  const sightings = new Sightings(() => 0)
  for (let claim = 0; claim < 1_000; claim++) {
    const mac = Buffer.from('002590000000', 'hex')
    mac.writeUInt16BE(claim, 4)
    sightings.add(1, mac)
    sightings.add(1, mac)
  }
  expect(sightings.take().length).toBe(8)
  sightings.add(2, Buffer.from('01005e0000fb', 'hex'))
  expect(sightings.take()).toEqual([])
})
