import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LoopbackNetwork, testContext } from '../loopback.testkit.ts'
import { snmpdObstacle, startSnmpd } from '../snmpd.testkit.ts'
import { snmpEngineId } from './probe.ts'

/** What net-snmp 5.9.3 reported to a question with the number 0x41234567. */
const REPORT = Buffer.from(
  '30710201033011020441234567020300ffe30401000201030421301f041180001f8880375f1a2b30c0046b000000000201010201020400' +
    '040004003036041180001f8880375f1a2b30c0046b000000000400a81f0204400000000201000201003011300f060a2b0601060' +
    '30f01010400410102',
  'hex',
)

let network: LoopbackNetwork
beforeEach(() => {
  network = new LoopbackNetwork()
})
afterEach(() => network.close())

const ask = (address = '10.0.0.1') => snmpEngineId.ask(address, testContext(network, '10.0.0.0/24', []))

describe('the engine ID probe', () => {
  test('tells silence, garbage and an answer to another question apart', async () => {
    await network.host('10.0.0.2', 161, () => [Buffer.from('SIP/2.0 400 Bad Request')])
    await network.host('10.0.0.3', 161, () => [REPORT])
    const results = await Promise.all(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(ask))
    expect(results.map(({ outcome }) => outcome)).toEqual(['timed-out', 'malformed', 'timed-out'])
    expect(results.flatMap(({ evidence }) => evidence)).toEqual([])
  })

  test('asks twice and no more', async () => {
    await ask()
    expect(network.sent.length).toBe(snmpEngineId.packetsPerDevice)
  })
})

describe.skipIf(snmpdObstacle())('with a real snmpd', () => {
  test('learns engine, boots and time without a credential', async () => {
    const snmpd = await startSnmpd(['engineIDType 3', 'engineIDNic lo'])
    network.forward('10.0.0.1', 161, snmpd.port)
    try {
      const result = await ask()
      expect(result.outcome).toBe('answered')
      expect(result.evidence).toEqual([
        { kind: 'snmp.engineID', value: expect.stringMatching(/^80001f8803[0-9a-f]{12}$/) },
        { kind: 'snmp.engineBoots', value: expect.any(Number) },
        { kind: 'snmp.engineTime', value: expect.any(Number) },
      ])
    } finally {
      await snmpd.close()
    }
  })
})
