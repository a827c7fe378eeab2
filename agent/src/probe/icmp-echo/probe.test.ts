import { parseIpv4 } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import type { EchoSocket, Network } from '../../net/network.ts'
import { LoopbackNetwork, testContext } from '../loopback.testkit.ts'
import type { ProbeResult } from '../probe.ts'
import { icmpEcho } from './probe.ts'

/** Hosts answer the nth request that they get. */
function networkOf(hosts: Readonly<Record<string, number>>, strangers: readonly string[] = []) {
  const asked = new Map<number, number>()
  const waiting = strangers.map((text) => parseIpv4(text) ?? 0)
  const answersAt = new Map(Object.entries(hosts).map(([text, nth]) => [parseIpv4(text), nth]))
  const socket: EchoSocket = {
    rung: 'raw socket',
    send: async (addresses) => {
      for (const address of addresses) {
        const count = (asked.get(address) ?? 0) + 1
        asked.set(address, count)
        if (answersAt.get(address) === count) waiting.push(address, address)
      }
      return addresses.length
    },
    drain: (listener) => waiting.splice(0).forEach(listener),
    close: () => {},
  }
  const network: Network = Object.assign(new LoopbackNetwork(), { echo: () => socket })
  return { network, asked }
}

async function sweepOf(network: Network, scope: string) {
  const context = testContext(network, scope)
  const results: ProbeResult[] = []
  for await (const result of icmpEcho.sweep(context)) results.push(result)
  return { results, rungs: context.rungs }
}

describe('the echo sweep', () => {
  test('yields who answers the first or the second question, once, and nobody else', async () => {
    const { network, asked } = networkOf({ '10.0.0.1': 1, '10.0.0.2': 2 }, ['10.9.9.9'])
    const { results, rungs } = await sweepOf(network, '10.0.0.0/30')
    expect(results.map(({ address, outcome }) => `${address} ${outcome}`).sort()).toEqual([
      '10.0.0.1 answered',
      '10.0.0.2 answered',
    ])
    expect([...asked.values()].sort()).toEqual([1, 2, 2, 2])
    expect(rungs).toEqual([['raw socket', undefined]])
  })

  test('leaves the addresses of a link to ARP', async () => {
    const { network, asked } = networkOf({ '10.0.0.1': 1 })
    const link = { name: 'seg0', address: '10.0.0.9', prefix: 28, mac: '02:00:00:00:00:01', internal: false }
    network.interfaces = () => [link]
    expect(await sweepOf(network, '10.0.0.0/28')).toEqual({ results: [], rungs: [[null, undefined]] })
    expect(asked.size).toBe(0)
    await sweepOf(network, '10.0.0.0/27')
    expect(asked.size).toBe(16)
  })

  test('says whom it did not ask where the system has no socket for it', async () => {
    const { rungs } = await sweepOf(new LoopbackNetwork(), '10.0.0.0/30')
    expect(rungs).toEqual([[null, 'no socket for echoes: 4 addresses were not asked']])
  })
})
