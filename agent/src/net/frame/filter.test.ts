import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dissect, keysOf } from '../../listen/dissect.ts'
import { LISTEN_PROBES } from '../../probe/listen-registry.ts'
import {
  arpFrame,
  etherFrame,
  icmpv6Frame,
  llcFrame,
  snapFrame,
  tagged,
  udp6Frame,
  udpFrame,
} from '../../probe/frame.testkit.ts'
import { joinWishes } from '../wish.ts'
import { compileFilter } from './filter.ts'

const wish = joinWishes(LISTEN_PROBES.map((probe) => probe.wish))
const program = compileFilter(wish)
const keys = new Set(keysOf(wish))

/** The machine of Linux' Documentation/networking/filter.rst, as far as the compiler writes for it. */
function passes(frame: Buffer, packetType = 0): boolean {
  let a = 0
  let x = 0
  const load = (size: number, at: number): number | null =>
    at + size > frame.length ? null : frame.readUIntBE(at, size)
  for (let at = 0, steps = 0; steps < 4096; steps++) {
    const code = program.readUInt16LE(at * 8)
    const value = program.readUInt32LE(at * 8 + 4)
    const jump = (holds: boolean) => (at += program.readUInt8(at * 8 + (holds ? 2 : 3)))
    let loaded: number | null = a
    if (code === 0x20) loaded = value === 0xfffff004 ? packetType : load(4, value)
    else if (code === 0x28) loaded = load(2, value)
    else if (code === 0x40) loaded = load(4, x + value)
    else if (code === 0x48) loaded = load(2, x + value)
    else if (code === 0x50) loaded = load(1, x + value)
    else if (code === 0x01) x = value
    else if (code === 0x04) loaded = a + value
    else if (code === 0x0c) loaded = a + x
    else if (code === 0x54) loaded = a & value
    else if (code === 0x64) loaded = a << value
    else if (code === 0x07) x = a
    else if (code === 0x87) loaded = x
    else if (code === 0x15) jump(a === value)
    else if (code === 0x25) jump(a > value)
    else if (code === 0x45) jump((a & value) !== 0)
    else if (code === 0x06) return value > 0
    else throw new Error(`instruction ${code}`)
    // What is read beyond the end drops the frame.
    if (loaded === null) return false
    a = loaded
    at++
  }
  throw new Error('the program does not end')
}

/** What user space would make of the frame, without a filter. */
const isWanted = (frame: Buffer): boolean => keys.has(dissect(frame, null)?.key ?? '')

const nothing = Buffer.alloc(64)
const wanted: [string, Buffer][] = [
  ['ARP', arpFrame('44:19:b6:00:00:01', '192.168.1.64')],
  ['LLDP', etherFrame(0x88cc, nothing)],
  ['a BPDU', llcFrame(0x4242, nothing)],
  ['CDP', snapFrame(0x2000, nothing)],
  ['PVST+', snapFrame(0x010b, nothing)],
  ['DHCP', udpFrame(68, 67, nothing)],
  ['mDNS', udpFrame(5353, 5353, nothing)],
  ['mDNS behind a header with options', udpFrame(5353, 5353, nothing, { options: 8 })],
  ['mDNS over IPv6', udp6Frame(5353, 5353, nothing)],
  ['a router advertisement', icmpv6Frame(134, nothing)],
  ['a listener report behind a hop-by-hop header', icmpv6Frame(143, nothing, { hopByHop: true })],
]
test.each(wanted)('%s passes, with a tag too', (_, frame) => {
  expect([passes(frame), isWanted(frame)]).toEqual([true, true])
  expect([passes(tagged(frame, 7)), isWanted(tagged(frame, 7))]).toEqual([true, true])
})

test.each<[string, Buffer]>([
  ['another port', udpFrame(40_000, 443, nothing)],
  ['another port over IPv6', udp6Frame(40_000, 443, nothing)],
  ['a fragment', udpFrame(5353, 5353, nothing, { fragment: 0x2000 })],
  ['a later fragment', udpFrame(5353, 5353, nothing, { fragment: 5 })],
  ['an echo over IPv6', icmpv6Frame(128, nothing)],
  ['another protocol of Cisco', snapFrame(0x2003, nothing)],
  ['another frame of LLC', llcFrame(0xf0f0, nothing)],
  ['another type', etherFrame(0x8137, nothing)],
  ['a frame without end', Buffer.alloc(13)],
])('%s is dropped', (_, frame) => {
  expect([passes(frame), isWanted(frame)]).toEqual([false, false])
})

test('what this machine sends itself is dropped', () => {
  expect(passes(arpFrame('44:19:b6:00:00:01', '192.168.1.64'), 4)).toBe(false)
})

test('whatever user space would want of any octets has passed the filter', () => {
  const frames = [...wanted.map(([, frame]) => frame), tagged(arpFrame('44:19:b6:00:00:01', '10.0.0.1'), 3)]
  fc.assert(
    fc.property(
      fc.nat(frames.length - 1),
      fc.array(fc.tuple(fc.nat(70), fc.nat(255)), { maxLength: 5 }),
      fc.nat(80),
      (which, changes, length) => {
        const frame = Buffer.from(frames[which] ?? '')
        for (const [at, octet] of changes) if (at < frame.length) frame[at] = octet
        const cut = frame.subarray(0, Math.max(length, 20))
        expect(isWanted(cut) && !passes(cut)).toBe(false)
      },
    ),
    { numRuns: Number(process.env['FUZZ_RUNS'] ?? 5_000) },
  )
})
