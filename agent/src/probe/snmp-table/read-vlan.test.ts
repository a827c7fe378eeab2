import type { SnmpCredential } from '@ophav/shared'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopbackNetwork, testContext, type TestContext } from '../loopback.testkit.ts'
import { number, snmpAgent, text, type Objects } from '../snmp-agent.testkit.ts'
import { snmpdObstacle, startSnmpd } from '../snmpd.testkit.ts'
import { snmpTable } from './probe.ts'
import { ADDRESS, COMMUNITY, cutsOf, rows } from './switch.testkit.ts'

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const contextOf = (): TestContext => testContext(network, ADDRESS, [COMMUNITY])

describe('a switch that keeps a table for each VLAN', () => {
  const VTP = '1.3.6.1.4.1.9.9.46.1.3.1.1'
  const vlan = (id: number, name: string, type = 1): [string, Buffer][] => [
    [`${VTP}.2.1.${id}`, number(1)],
    [`${VTP}.3.1.${id}`, number(type)],
    [`${VTP}.4.1.${id}`, text(name)],
  ]
  const learnt = (last: number, port: number): Objects => ({
    [`1.3.6.1.2.1.17.1.4.1.2.${port}`]: number(10_100 + port),
    [`1.3.6.1.2.1.17.4.3.1.2.68.25.182.0.0.${last}`]: number(port),
  })
  const plain: Objects = {
    '1.3.6.1.2.1.1.7.0': number(6),
    ...learnt(1, 1),
    ...Object.fromEntries([
      ...vlan(1, 'default'),
      ...vlan(20, 'kamera'),
      ...vlan(30, 'x'),
      ...vlan(1002, 'fddi', 2),
    ]),
  }
  const views: Readonly<Record<string, Objects>> = {
    public: plain,
    'public@1': learnt(1, 1),
    'public@20': learnt(7, 2),
    'public@30': learnt(8, 3),
  }
  /** The longest name first: the one that stands in the question. */
  const communityIn = (question: Buffer) =>
    Object.keys(views)
      .toSorted((a, b) => b.length - a.length)
      .find((name) => question.includes(name)) ?? ''

  test('is asked for each, with the same credential', async () => {
    await network.host(ADDRESS, 161, (question) => snmpAgent(views[communityIn(question)] ?? {})(question))
    const result = await snmpTable.ask(ADDRESS, contextOf())
    expect(cutsOf(result)).toEqual({})
    expect(rows(result, 'forwarding')).toEqual([
      { mac: '44:19:b6:00:00:01', port: 10_101, vlan: 1 },
      { mac: '44:19:b6:00:00:07', port: 10_102, vlan: 20 },
      { mac: '44:19:b6:00:00:08', port: 10_103, vlan: 30 },
    ])
    expect(rows(result, 'vlan')).toContainEqual({ vlan: 20, name: 'kamera' })
  })

  test('is left alone at the first VLAN that the credential does not open, and its table says so', async () => {
    await network.host(ADDRESS, 161, (question) => {
      const community = communityIn(question)
      return community === 'public@20' ? [] : snmpAgent(views[community] ?? {})(question)
    })
    const result = await snmpTable.ask(ADDRESS, contextOf())
    expect(cutsOf(result)).toEqual({ forwarding: 'silence' })
    expect(rows(result, 'forwarding')).toEqual([{ mac: '44:19:b6:00:00:01', port: 10_101, vlan: 1 }])
    expect(network.sent.filter(({ data }) => data.includes('public@20'))).toHaveLength(2)
    expect(network.sent.some(({ data }) => data.includes('public@30'))).toBe(false)
  })
})

describe.skipIf(snmpdObstacle())('a real snmpd with a context for a VLAN', () => {
  test('is asked in that context with the user of SNMPv3', async () => {
    const inVlan = await startSnmpd([
      'override 1.3.6.1.2.1.17.1.4.1.2.2 integer 10102',
      'override 1.3.6.1.2.1.17.4.3.1.2.68.25.182.0.0.7 integer 2',
    ])
    const snmpd = await startSnmpd([
      'createUser reader SHA-256 "authpass123" AES "privpass123"',
      'view all included .1',
      'rouser reader authpriv -V all',
      'rouser reader authpriv -V all vlan-*',
      'sysServices 6',
      'override 1.3.6.1.4.1.9.9.46.1.3.1.1.2.1.20 integer 1',
      'override 1.3.6.1.4.1.9.9.46.1.3.1.1.3.1.20 integer 1',
      'override 1.3.6.1.4.1.9.9.46.1.3.1.1.4.1.20 octet_str "kamera"',
      `proxy -Cn vlan-20 -v 2c -c public 127.0.0.1:${inVlan.port} .1.3.6.1.2.1.17`,
    ])
    try {
      network.forward(ADDRESS, 161, snmpd.port)
      const reader: SnmpCredential = {
        version: '3',
        user: 'reader',
        authProtocol: 'sha256',
        authKey: 'authpass123',
        privProtocol: 'aes',
        privKey: 'privpass123',
      }
      const result = await snmpTable.ask(ADDRESS, testContext(network, ADDRESS, [reader]))
      expect(rows(result, 'vlan')).toEqual([{ vlan: 20, name: 'kamera' }])
      expect(rows(result, 'forwarding')).toEqual([{ mac: '44:19:b6:00:00:07', port: 10_102, vlan: 20 }])
    } finally {
      await snmpd.close()
      await inVlan.close()
    }
  })
})
