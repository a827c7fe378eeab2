import { POLITE_PACE, type PolicySegment } from '@ophav/shared'
import { expect, test } from 'vitest'
import { dryRun } from './dry-run.ts'
import { PROBES } from '../probe/registry.ts'
import { planScan } from '../scan/plan.ts'

const segment: PolicySegment = {
  key: 'kamera',
  name: 'Kameranet',
  ranges: ['10.41.0.0/22'],
  exclusions: ['10.41.0.1', '10.41.3.0/24'],
  pace: POLITE_PACE,
  probes: ['arp', 'snmp-sweep', 'snmp'],
  intervalSeconds: 3600,
}
const seg0 = { name: 'seg0', address: '10.41.0.9', prefix: 24, mac: '02:00:00:00:00:09', internal: false }

test('a plan says per probe to whom, how much, on which ports and for how long; and what is left out, and why', () => {
  const plan = planScan(segment, PROBES, [seg0], true)
  expect(plan).toMatchObject({ inScope: 767, pieces: 1 })
  expect(plan.excluded.map(({ range, addresses }) => [range, addresses])).toEqual([
    ['10.41.0.1', 1],
    ['10.41.3.0/24', 256],
  ])
  const [arp, sweep, snmp] = plan.probes
  // ARP reaches what is on the link, and no further.
  expect(arp).toMatchObject({
    probe: 'arp',
    to: 'everybody',
    addresses: 255,
    packets: 510,
    seconds: 510 / 500,
  })
  expect(sweep).toMatchObject({ probe: 'snmp-sweep', ports: [161], addresses: 767 })
  expect(snmp).toMatchObject({ probe: 'snmp', to: 'devices', addresses: null, packets: null, seconds: null })
  expect(plan.left).toContainEqual({ probe: 'mdns', reason: 'not in the policy' })
  expect(plan.barredPorts).toEqual([515, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107])
})

test('without a link or a credential the plan says that these probes send nothing', () => {
  const { left } = planScan(segment, PROBES, [], false)
  expect(left).toContainEqual({ probe: 'arp', reason: 'no address in scope is on a link of this machine' })
  expect(left).toContainEqual({ probe: 'snmp', reason: 'no credential' })
})

test('a dry run asks its network for the interfaces and nothing else', () => {
  const scanner = { declared: PROBES, interfaces: () => [seg0] }
  const text = dryRun({ segment, hasCredentials: true, obstacle: 'window' }, scanner, false)
  expect(text).toContain('Nothing was sent.')
  expect(text).toContain('It would not begin now: window.')
  expect(text).toContain('Excluded: 10.41.3.0/24, 256 addresses')
  expect(JSON.parse(dryRun({ segment, hasCredentials: true, obstacle: null }, scanner, true))).toMatchObject({
    inScope: 767,
    obstacle: null,
  })
})
