import { fits, TablePage, type SnmpCredential } from '@ophav/shared'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopbackNetwork, testContext, type TestContext } from '../loopback.testkit.ts'
import { number, octets, snmpAgent, type Objects } from '../snmp-agent.testkit.ts'
import { snmp } from '../snmp/probe.ts'
import { snmpTable } from './probe.ts'
import { ADDRESS, COMMUNITY, cutsOf, page, rows, SWITCH } from './switch.testkit.ts'

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const contextOf = (credentials: readonly SnmpCredential[] = [COMMUNITY]): TestContext =>
  testContext(network, ADDRESS, credentials)

describe.each<SnmpCredential>([COMMUNITY, { version: '1', community: 'public' }])(
  'a switch that speaks version $version',
  (credential) => {
    test('tells its ports, who is behind them, its neighbours, VLANs and addresses', async () => {
      await network.host(ADDRESS, 161, snmpAgent(SWITCH))
      const result = await snmpTable.ask(ADDRESS, contextOf([credential]))
      expect(result).toMatchObject({ outcome: 'answered', address: ADDRESS })
      expect(cutsOf(result)).toEqual({})
      expect(rows(result, 'port')).toEqual([
        { port: 0, mac: '2c:3f:38:00:00:ff' },
        {
          port: 10_101,
          name: 'Gi1/0/1',
          alias: 'Kamera, indgang',
          mac: '2c:3f:38:00:00:01',
          up: true,
          vlan: 20,
        },
        { port: 10_102, name: 'Gi1/0/2', mac: '2c:3f:38:00:00:02', up: true, vlan: 20 },
        { port: 10_103, name: 'Gi1/0/3', mac: '2c:3f:38:00:00:03', up: true, vlan: 20 },
        { port: 10_104, name: 'Gi1/0/4', mac: '2c:3f:38:00:00:04', up: false, vlan: 20 },
      ])
      expect(rows(result, 'forwarding')).toEqual([
        { mac: '44:19:b6:00:00:07', port: 10_101, vlan: 20 },
        { mac: '44:19:b6:00:00:08', port: 10_102, vlan: 20 },
        { mac: '44:19:b6:00:00:09', port: 0, vlan: 20 },
      ])
      expect(rows(result, 'vlan')).toEqual([{ vlan: 20, name: 'kamera' }])
      expect(rows(result, 'address')).toEqual([
        { address: '10.0.0.7', mac: '44:19:b6:00:00:07', port: 10_104 },
      ])
      expect(rows(result, 'link')).toEqual([
        {
          protocol: 'lldp',
          port: 10_103,
          mac: '2c:3f:38:00:01:00',
          address: '10.0.0.2',
          name: 'sw-kerne',
          remotePort: 'Te1/1',
          description: 'Core switch',
          capabilities: ['bridge', 'router'],
        },
        {
          protocol: 'cdp',
          port: 10_102,
          mac: '44:19:b6:00:00:08',
          address: '10.0.0.8',
          name: 'SEP4419B6000008',
          remotePort: 'Port 1',
          description: 'Cisco IP Phone 8841',
          capabilities: ['station', 'phone'],
        },
      ])
      expect(result.evidence).toEqual([
        { kind: 'mac', value: '2c:3f:38:00:00:ff' },
        { kind: 'snmp.ownAddress', value: '10.0.0.1' },
        { kind: 'snmp.ownAddress', value: '10.9.0.1' },
      ])
      for (const table of result.tables ?? []) expect(fits(TablePage, page(table))).toBe(true)
    })
  },
)

test('a small switch costs about twenty datagrams', async () => {
  await network.host(ADDRESS, 161, snmpAgent(SWITCH))
  await snmpTable.ask(ADDRESS, contextOf())
  expect(network.sent.length).toBeLessThanOrEqual(20)
})

test('a switch without VLANs and a router of the old kind tell the same in their older tables', async () => {
  const objects: Objects = {
    '1.3.6.1.2.1.4.1.0': number(1),
    '1.3.6.1.2.1.17.1.4.1.2.3': number(7),
    '1.3.6.1.2.1.17.4.3.1.2.68.25.182.0.0.7': number(3),
    '1.3.6.1.2.1.4.22.1.2.7.10.0.0.7': octets('4419b6000007'),
    '1.3.6.1.2.1.4.22.1.2.7.10.0.0.8': octets('000000000000'),
  }
  await network.host(ADDRESS, 161, snmpAgent(objects))
  const result = await snmpTable.ask(ADDRESS, contextOf())
  expect(rows(result, 'forwarding')).toEqual([{ mac: '44:19:b6:00:00:07', port: 7 }])
  expect(rows(result, 'address')).toEqual([{ address: '10.0.0.7', mac: '44:19:b6:00:00:07', port: 7 }])
})

test('a camera is asked one question, and nothing is told of it', async () => {
  await network.host(
    ADDRESS,
    161,
    snmpAgent({ '1.3.6.1.2.1.1.7.0': number(72), '1.3.6.1.2.1.4.1.0': number(2) }),
  )
  expect(await snmpTable.ask(ADDRESS, contextOf())).toMatchObject({ address: null, outcome: 'answered' })
  expect(network.sent).toHaveLength(1)
})

test('the credential that has opened a device is used again, and one that opened nothing is not tried twice', async () => {
  const other: SnmpCredential = { version: '2c', community: 'hemmelig' }
  await network.host(ADDRESS, 161, (question) =>
    question.includes('hemmelig') ? snmpAgent(SWITCH)(question) : [],
  )
  const context = contextOf([COMMUNITY, other])
  await snmp.ask(ADDRESS, context)
  const before = network.sent.length
  const result = await snmpTable.ask(ADDRESS, context)
  expect(rows(result, 'forwarding')).toHaveLength(3)
  expect(network.sent.slice(before).some(({ data }) => data.includes('public'))).toBe(false)
  const closed = testContext(network, '10.0.0.9', [COMMUNITY])
  await snmp.ask('10.0.0.9', closed)
  const sent = network.sent.length
  expect(await snmpTable.ask('10.0.0.9', closed)).toMatchObject({ outcome: 'not-attempted' })
  expect(network.sent).toHaveLength(sent)
})
