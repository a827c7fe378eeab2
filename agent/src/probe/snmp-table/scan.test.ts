/** A whole scan with hostile switches on its segment: each is bounded, told, and holds up nobody else. */
import { FULL_PACE, type Coverage, type PolicySegment } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scanSegment } from '../../scan/run.ts'
import { LoopbackNetwork } from '../loopback.testkit.ts'
import type { ProbeResult, SweepProbe } from '../probe.ts'
import { nextOf, number, snmpAgent, type Next } from '../snmp-agent.testkit.ts'
import { snmpTable } from './probe.ts'
import { SWITCH } from './switch.testkit.ts'

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const FDB = '1.3.6.1.2.1.17.7.1.2.2.1.2'
const honest = nextOf(SWITCH)
const hostile =
  (answer: Next): Next =>
  (oid) =>
    oid === FDB || oid.startsWith(`${FDB}.`) ? answer(oid) : honest(oid)

let row = 0
const HOSTS: Readonly<Record<string, Next>> = {
  '10.0.0.1': honest,
  '10.0.0.2': hostile(() => [
    `${FDB}.3.0.1.${(row >> 16) & 255}.${(row >> 8) & 255}.${row++ & 255}.1`,
    number(1),
  ]),
  '10.0.0.3': hostile(() => [`${FDB}.3.68.25.182.0.0.7`, number(1)]),
  '10.0.0.4': honest,
}

/** Takes the hosts for alive: what finds them is no part of this. */
const sweep: SweepProbe = {
  kind: 'sweep',
  name: 'snmp-sweep',
  title: 'T',
  transport: 'udp',
  ports: [161],
  privilege: 'none',
  packetsPerDevice: 0,
  yields: [],
  async *sweep(context) {
    context.asked(context.scope)
    for (const address of Object.keys(HOSTS))
      yield { address, mac: null, outcome: 'answered', evidence: [], observedAt: 0 }
  },
}

test('an endless walk and a circle are cut and named in the coverage, and the scan reads the others whole', async () => {
  for (const [address, next] of Object.entries(HOSTS))
    await network.host(address, 161, snmpAgent(SWITCH, next))
  const segment: PolicySegment = {
    key: 'k',
    name: 'k',
    ranges: ['10.0.0.0/29'],
    exclusions: [],
    pace: FULL_PACE,
    probes: ['snmp-sweep', 'snmp-table'],
    intervalSeconds: 60,
  }
  const results = new Map<string, ProbeResult>()
  let coverage: Coverage | null = null
  const events = scanSegment({
    segment,
    credentials: [{ version: '2c', community: 'public' }],
    network,
    probes: [sweep, snmpTable],
    signal: new AbortController().signal,
    now: Date.now,
  })
  for await (const event of events)
    if (event.type === 'result' && event.probe === 'snmp-table')
      results.set(event.result.address ?? '', event.result)
    else if (event.type === 'end') coverage = event.coverage

  const forwarding = (address: string) =>
    results.get(address)?.tables?.find(({ table }) => table === 'forwarding')
  expect(forwarding('10.0.0.1')).toMatchObject({ rows: { length: 3 } })
  expect(forwarding('10.0.0.2')).toMatchObject({ cut: 'rows', rows: { length: 16_384 } })
  expect(forwarding('10.0.0.3')).toMatchObject({ cut: 'order', rows: { length: 1 } })
  expect(forwarding('10.0.0.4')).toEqual(forwarding('10.0.0.1'))
  const told = coverage?.probes.find(({ probe }) => probe === 'snmp-table')
  expect(told).toMatchObject({ attempted: 4, outcomes: { answered: 4 } })
  expect(told?.notChecked).toContain('10.0.0.2 (forwarding: rows)')
  expect(told?.notChecked).toContain('10.0.0.3 (forwarding: order)')
  expect(network.sent.length).toBeLessThan(4 * snmpTable.packetsPerDevice)
})
