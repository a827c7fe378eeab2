import { expect, test } from 'vitest'
import { hearIn, llcFrame, snapFrame, SOURCE } from '../frame.testkit.ts'
import { stpListen } from './probe.ts'

/** IEEE 802.1D 9.3.1: protocol, version, type, flags, root, cost, bridge, port, four times. */
const bpdu = (version: number, type: number) =>
  Buffer.from(
    `0000${version.toString(16).padStart(2, '0')}${type.toString(16).padStart(2, '0')}00` +
      '8029001b54000001' +
      '00000004' +
      '8029001b54000002' +
      '8003' +
      '0100' +
      '1400' +
      '0200' +
      '0f00',
    'hex',
  )
const heard = {
  mac: SOURCE,
  address: null,
  says: [
    `mac ${SOURCE}`,
    'mac 00:1b:54:00:00:02',
    'stp.bridge 32809 00:1b:54:00:00:02',
    'stp.root 32809 00:1b:54:00:00:01',
  ],
}

test.each([
  ['a spanning tree', llcFrame(0x4242, bpdu(0, 0))],
  ['a rapid spanning tree', llcFrame(0x4242, bpdu(2, 2))],
  ["a spanning tree of Cisco's for one VLAN", snapFrame(0x010b, bpdu(2, 2))],
])('a bridge in %s is heard with itself and the root', (_, frame) => {
  expect(hearIn(stpListen, frame)).toEqual([heard])
})

test('a change of topology proves that a bridge is there', () => {
  expect(hearIn(stpListen, llcFrame(0x4242, bpdu(0, 0x80).subarray(0, 4)))).toEqual([
    { mac: SOURCE, address: null, says: [`mac ${SOURCE}`] },
  ])
})

test('another protocol and a message that is cut short are malformed', () => {
  expect(hearIn(stpListen, llcFrame(0x4242, Buffer.from('0001000000', 'hex')))).toBe('malformed')
  expect(hearIn(stpListen, llcFrame(0x4242, bpdu(0, 0).subarray(0, 20)))).toBe('malformed')
})
