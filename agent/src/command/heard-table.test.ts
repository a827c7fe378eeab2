import { identify } from '@ophav/oui'
import { expect, test } from 'vitest'
import type { Coverage, Evidence } from '@ophav/shared'
import { DeviceCollection } from './device.ts'
import { heardSummary, writeHeardTable } from './heard-table.ts'

const piece = (kind: string, value: string): Evidence => ({ kind, value })

function heard() {
  const found = new DeviceCollection()
  const add = (probe: string, mac: string, address: string | null, evidence: Evidence[]) =>
    found.add(probe, { mac, address, outcome: 'answered', observedAt: 0, evidence })
  add('arp-listen', '44:19:b6:00:00:01', '192.168.1.64', [piece('address.offSubnet', '192.168.1.64')])
  add('dhcp-listen', 'ac:cc:8e:00:00:02', '10.41.0.9', [
    piece('dhcp.vendorClass', 'AXIS,Network Camera,P3225-LV Mk II,9.70.1.5'),
    piece('dhcp.hostname', '\u001b[31maxis-9'),
  ])
  add('arp-listen', 'ac:cc:8e:00:00:02', '10.41.0.9', [])
  add('lldp-listen', '00:25:90:ff:00:01', '10.41.0.254', [
    piece('switch.name', 'sw-2\u001b[2J'),
    piece('switch.port', 'Gi1/0/3'),
    piece('switch.vlan', '41'),
  ])
  return found.devices((evidence) => identify(evidence))
}

const coverage: Coverage = {
  type: 'coverage',
  segment: 'listen',
  scan: 'listen',
  startedAt: '2026-01-01T00:00:00.000Z',
  endedAt: '2026-01-01T00:01:30.000Z',
  complete: false,
  inScope: 0,
  excluded: 0,
  attempted: 0,
  answered: 0,
  packetsSent: 0,
  probes: [
    { probe: 'mdns-listen', rung: null, attempted: 0, outcomes: {}, notChecked: 'no raw frames' },
    { probe: 'ssdp-listen', rung: null, attempted: 0, outcomes: {}, notChecked: 'no raw frames' },
    { probe: 'arp-listen', rung: 'raw frames', attempted: 0, outcomes: {} },
  ],
}

test('the table shows who was heard and how, and marks addresses of other networks', () => {
  const lines = writeHeardTable(heard())
    .split('\n')
    .map((line) => line.split(/ {2,}/))
  expect(lines).toContainEqual(['192.168.1.64*', '44:19:b6:00:00:01', 'Hikvision', '-', '-', 'arp'])
  expect(lines).toContainEqual([
    '10.41.0.9',
    'ac:cc:8e:00:00:02',
    'Axis',
    'P3225-LV Mk II',
    expect.stringContaining('axis-9'),
    'dhcp arp',
  ])
})

test('no word of a device reaches the terminal as a command', () => {
  expect(`${writeHeardTable(heard())}${heardSummary(heard(), coverage)}`).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f]/,
  )
})

test('below it stand the switch port, what was sent, and what could not be heard, each reason once', () => {
  const summary = heardSummary(heard(), coverage)
  expect(summary).toContain('3 devices heard, 1 of them with an address of another network (*).')
  expect(summary).toMatch(/This machine hangs on: switch sw-2.*, port Gi1\/0\/3, VLAN 41\./)
  expect(summary).toContain('0 packets sent in 90.0 s. Who was silent was not heard.')
  expect(summary).toContain('not heard, mdns ssdp: no raw frames')
})
