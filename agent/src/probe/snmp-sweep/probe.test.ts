import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopbackNetwork, testContext } from '../loopback.testkit.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { element, integer, objectIdentifier, octetString, readElement } from '../snmp-message/ber.ts'
import { snmpdObstacle, startSnmpd } from '../snmpd.testkit.ts'
import { snmpSweep } from './probe.ts'

/** A response with this number: sysDescr and an empty sysObjectID, as small cameras give them. */
const response = (id: Buffer, descr = 'Network Camera', errorStatus = 0) =>
  element(
    0x30,
    integer(1),
    octetString('public'),
    element(
      0xa2,
      element(0x02, id),
      integer(errorStatus),
      integer(0),
      element(
        0x30,
        element(0x30, objectIdentifier('1.3.6.1.2.1.1.1.0'), octetString(descr)),
        element(0x30, objectIdentifier('1.3.6.1.2.1.1.2.0'), element(0x06)),
        element(0x30, objectIdentifier('1.3.6.1.2.1.1.5.0'), element(0x81)),
      ),
    ),
  )

/** The four octets of a community question's number. */
function numberOf(question: Buffer): Buffer {
  const inner = (offset: number) => readElement(question, offset, question.length)
  const version = inner(inner(0)?.start ?? 0)
  const community = inner(version?.end ?? 0)
  const id = inner(inner(community?.end ?? 0)?.start ?? 0)
  return question.subarray(id?.start, id?.end)
}

async function collect(context: ProbeContext): Promise<ProbeResult[]> {
  const results: ProbeResult[] = []
  for await (const result of snmpSweep.sweep(context)) results.push(result)
  return results
}

describe('the SNMP sweep', () => {
  let network: LoopbackNetwork
  beforeEach(() => {
    network = new LoopbackNetwork()
  })
  afterEach(() => network.close())

  test('yields each device that answers, once, with what it said', async () => {
    await network.host('10.0.0.7', 161, (question) => {
      const reply = response(numberOf(question))
      return [reply, reply]
    })
    const context = testContext(network, '10.0.0.0/28')
    expect(await collect(context)).toEqual([
      {
        address: '10.0.0.7',
        mac: null,
        outcome: 'answered',
        evidence: [{ kind: 'snmp.sysDescr', value: 'Network Camera' }],
        observedAt: context.now(),
      },
    ])
    expect(context.rungs).toEqual([['datagrams', undefined]])
  })

  test('asks the silent twice and nobody outside the scope', async () => {
    await network.host('10.0.0.1', 161, (question) => [response(numberOf(question))])
    await collect(testContext(network, '10.0.0.0/30'))
    const counts = new Map<string, number>()
    for (const { to } of network.sent) counts.set(to, (counts.get(to) ?? 0) + 1)
    expect([...counts].sort()).toEqual([
      ['10.0.0.0 161', 2],
      ['10.0.0.1 161', 1],
      ['10.0.0.2 161', 2],
      ['10.0.0.3 161', 2],
    ])
  })

  test('takes no answer that carries another number', async () => {
    await network.host('10.0.0.1', 161, () => [response(Buffer.from('40000000', 'hex'))])
    expect(await collect(testContext(network, '10.0.0.1'))).toEqual([])
  })

  test('takes no answer from another address or port', async () => {
    let victim = Buffer.alloc(0)
    await network.host('10.0.0.1', 161, (question) => {
      victim = Buffer.from(numberOf(question))
      return []
    })
    await network.host('10.0.0.2', 161, () => (victim.length > 0 ? [response(victim)] : []))
    await network.host('10.0.0.3', 161, (question) => [response(numberOf(question))])
    network.forward('10.0.0.3', 161, 9)
    expect(await collect(testContext(network, '10.0.0.0/30'))).toEqual([])
  })

  test('tells garbage and refusal from silence', async () => {
    await network.host('10.0.0.1', 161, () => [Buffer.from('HTTP/1.1 400 Bad Request')])
    await network.host('10.0.0.2', 161, (question) => [response(numberOf(question), '', 16)])
    const results = await collect(testContext(network, '10.0.0.0/30'))
    expect(results.map(({ address, outcome }) => [address, outcome]).sort()).toEqual([
      ['10.0.0.1', 'malformed'],
      ['10.0.0.2', 'refused'],
    ])
  })

  test('hears a device that is talked over by garbage', async () => {
    await network.host('10.0.0.1', 161, (question) => [Buffer.alloc(40), response(numberOf(question))])
    expect(await collect(testContext(network, '10.0.0.1'))).toMatchObject([{ outcome: 'answered' }])
  })

  test('asks at most three communities and says how many it left out', async () => {
    const credentials = ['a', 'b', 'c', 'd'].map((community) => ({ version: '2c' as const, community }))
    const context = testContext(network, '10.0.0.1', credentials)
    await collect(context)
    expect(network.sent.length).toBe(6)
    expect(context.rungs[0]?.[1]).toContain('(1)')
  })

  test('asks only those who are known to live on a link', async () => {
    network.interfaces = () =>
      [{ name: 'eth9', address: '10.0.0.9', prefix: 28, mac: '02:00:00:00:00:09', internal: false }] as never
    const context = testContext(network, '10.0.0.0/27')
    context.alive.set('10.0.0.3', '44:19:b6:00:00:03')
    await collect(context)
    const asked = new Set(network.sent.map(({ to }) => Number(to.split(' ')[0]?.split('.')[3])))
    expect([...asked].sort((a, b) => a - b)).toEqual([
      3,
      ...Array.from({ length: 16 }, (_, index) => 16 + index),
    ])
  })

  test('ends when it is stopped', async () => {
    const stop = new AbortController()
    const context = testContext(network, '10.0.0.0/20', undefined, stop.signal)
    context.progress = () => stop.abort()
    expect(await collect(context)).toEqual([])
    expect(network.sent.length).toBeLessThan(1_000)
  })
})

describe.skipIf(snmpdObstacle())('with a real snmpd', () => {
  test('hears its system group, and its engine where there is only a user', async () => {
    const snmpd = await startSnmpd([
      'sysDescr Camera',
      'sysName kamera-æøå',
      'sysObjectID 1.3.6.1.4.1.39165.1',
    ])
    const network = new LoopbackNetwork()
    network.forward('10.0.0.1', 161, snmpd.port)
    try {
      expect(await collect(testContext(network, '10.0.0.0/30'))).toMatchObject([
        {
          address: '10.0.0.1',
          outcome: 'answered',
          evidence: [
            { kind: 'snmp.sysDescr', value: 'Camera' },
            { kind: 'snmp.sysObjectID', value: '1.3.6.1.4.1.39165.1' },
            { kind: 'snmp.sysName', value: 'kamera-æøå' },
          ],
        },
      ])
      const [engine] = await collect(testContext(network, '10.0.0.1', [{ version: '3', user: 'reader' }]))
      expect(engine?.evidence).toMatchObject([
        { kind: 'snmp.engineID', value: expect.stringMatching(/^80001f88/) },
      ])
    } finally {
      await snmpd.close()
    }
  })
})
