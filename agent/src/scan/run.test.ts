import { FULL_PACE, type Coverage, type PolicySegment } from '@ophav/shared'
import { expect, test } from 'vitest'
import { LoopbackNetwork } from '../probe/loopback.testkit.ts'
import type { AskProbe, Probe, SweepProbe } from '../probe/probe.ts'
import type { ScanEvent } from './event.ts'
import { scanSegment } from './run.ts'

const declaration = {
  title: 'T',
  transport: 'udp',
  ports: [161],
  privilege: 'none',
  packetsPerDevice: 1,
  yields: [],
} as const

const answered = (address: string, outcome: 'answered' | 'timed-out' = 'answered') => ({
  address,
  mac: null,
  outcome,
  evidence: [],
  observedAt: 0,
})

/** Sends one datagram to each address and takes the given ones for alive. */
const sweep = (name: string, alive: readonly string[]): SweepProbe => ({
  ...declaration,
  kind: 'sweep',
  name,
  async *sweep(context) {
    const socket = await context.network.udp({ budget: 'sweep' })
    try {
      for (const number of context.scope) {
        const address = [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
        context.asked([number])
        await socket.send(new Uint8Array(1), 161, address)
        if (alive.includes(address)) yield answered(address)
      }
      context.rung('datagrams')
    } finally {
      socket.close()
    }
  },
})

const ask = (name: string, more: Partial<AskProbe>): AskProbe => ({
  ...declaration,
  kind: 'ask',
  name,
  ask: async (address) => answered(address),
  ...more,
})

const segment = (probes: readonly Probe[]): PolicySegment => ({
  key: 'k',
  name: 'k',
  ranges: ['10.0.0.0/29'],
  exclusions: ['10.0.0.3'],
  pace: FULL_PACE,
  probes: probes.map(({ name }) => name),
  intervalSeconds: 60,
})

async function scan(
  probes: readonly Probe[],
  signal = new AbortController().signal,
): Promise<{ events: ScanEvent[]; coverage: Coverage; sent: string[] }> {
  const network = new LoopbackNetwork()
  const events: ScanEvent[] = []
  const options = { segment: segment(probes), credentials: [], network, probes, signal, now: Date.now }
  for await (const event of scanSegment(options)) events.push(event)
  network.close()
  const end = events.at(-1)
  if (end?.type !== 'end') throw new Error('the scan has no end')
  return { events, coverage: end.coverage, sent: network.sent.map(({ to }) => to) }
}

test('a scan asks everybody in scope, and nobody else; its coverage says so', async () => {
  const { coverage, sent } = await scan([sweep('s', ['10.0.0.1', '10.0.0.6'])])
  expect(sent.map((to) => to.split(' ')[0]).sort()).toEqual(
    ['0', '1', '2', '4', '5', '6', '7'].map((host) => `10.0.0.${host}`),
  )
  expect(coverage).toMatchObject({
    complete: true,
    inScope: 7,
    excluded: 1,
    attempted: 7,
    answered: 2,
    packetsSent: 7,
    probes: [{ probe: 's', rung: 'datagrams', attempted: 7, outcomes: { answered: 2, 'timed-out': 5 } }],
  })
})

test('devices are asked after the sweeps, and only those for whom the question is meant', async () => {
  const asked: string[] = []
  const note = (name: string) => async (address: string) => {
    asked.push(`${name} ${address}`)
    return answered(address)
  }
  await scan([
    sweep('one', ['10.0.0.1']),
    sweep('two', ['10.0.0.1', '10.0.0.2']),
    ask('all', { ask: note('all') }),
    ask('heirs', { after: 'one', ask: note('heirs') }),
    ask('others', { unless: 'one', ask: note('others') }),
  ])
  expect(asked.sort()).toEqual(['all 10.0.0.1', 'all 10.0.0.2', 'heirs 10.0.0.1', 'others 10.0.0.2'])
})

test('a probe that fails does not end the scan, and its coverage is not complete', async () => {
  const broken: SweepProbe = {
    ...sweep('broken', []),
    // oxlint-disable-next-line require-yield
    async *sweep() {
      throw new Error('boom')
    },
  }
  const { coverage, events } = await scan([broken, sweep('s', ['10.0.0.1'])])
  expect(coverage.complete).toBe(false)
  expect(coverage.probes[0]?.notChecked).toContain('internal.defect')
  expect(events.filter(({ type }) => type === 'result')).toHaveLength(1)
})

test('a probe that reaches outside its scope is stopped there, and nothing is sent', async () => {
  const stray: SweepProbe = {
    ...sweep('stray', []),
    // oxlint-disable-next-line require-yield
    async *sweep({ network }) {
      const socket = await network.udp({ budget: 'sweep' })
      try {
        await socket.send(new Uint8Array(1), 161, '10.0.9.9')
      } finally {
        socket.close()
      }
    },
  }
  const { coverage, sent } = await scan([stray])
  expect(sent).toEqual([])
  expect(coverage.probes[0]?.notChecked).toContain('scope.outside')
})

test('a stop ends the scan at once; what was not asked is not called silent', async () => {
  const stop = new AbortController()
  const slow = ask('slow', {
    ask: async (address) => {
      stop.abort()
      return answered(address)
    },
  })
  const alive = ['0', '1', '2', '4', '5', '6', '7'].map((host) => `10.0.0.${host}`)
  const { coverage } = await scan([sweep('s', alive), slow, ask('late', {})], stop.signal)
  expect(coverage.complete).toBe(false)
  expect(coverage.probes.find(({ probe }) => probe === 'late')?.outcomes).toMatchObject({
    'not-attempted': expect.any(Number) as number,
  })
})

test('a passive segment is not scanned, and gets no packet', async () => {
  const network = new LoopbackNetwork()
  const probes = [sweep('arp', [])]
  const events = scanSegment({
    segment: { ...segment(probes), mode: 'passive' },
    credentials: [],
    network,
    probes,
    signal: new AbortController().signal,
    now: Date.now,
  })
  await expect(events.next()).rejects.toMatchObject({ code: 'scan.passive' })
  expect(network.sent).toEqual([])
})
