import { expect, test } from 'vitest'
import { arpFrame, hearIn } from '../frame.testkit.ts'
import { arpListen } from './probe.ts'

const mac = '44:19:b6:00:00:01'

test.each([1, 2])(
  'who speaks in operation %s of ARP is heard, whatever network it believes to be in',
  (operation) => {
    expect(hearIn(arpListen, arpFrame(mac, '192.168.1.64', operation))).toEqual([
      { mac, address: '192.168.1.64', says: [`mac ${mac}`] },
    ])
  },
)

test('who looks whether an address is free has none yet', () => {
  expect(hearIn(arpListen, arpFrame(mac, '0.0.0.0'))).toEqual([{ mac, address: null, says: [`mac ${mac}`] }])
})

test('a message whose frame has another sender says so', () => {
  expect(hearIn(arpListen, arpFrame(mac, '10.0.0.9', 2, '00:25:90:00:00:02'))).toEqual([
    { mac, address: '10.0.0.9', says: [`mac ${mac}`, 'arp.frameSource 00:25:90:00:00:02'] },
  ])
})

test('a group names nobody', () => {
  expect(hearIn(arpListen, arpFrame('01:00:5e:00:00:fb', '10.0.0.9'))).toEqual([])
})
