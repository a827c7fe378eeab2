/** Tests of what keeps the agent from scanning: kill switch, halt, freeze, window, a machine that forwards; and clocks. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Coverage, PolicySegment } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrolAgent } from '../enrol/enrol.ts'
import type { ScanEvent } from '../scan/event.ts'
import { scanSegment } from '../scan/run.ts'
import type { SweepProbe } from '../probe/probe.ts'
import { LoopbackNetwork } from '../probe/loopback.testkit.ts'
import { AGENT } from '../spool/spool.testkit.ts'
import { openStateDirectory, type StatePaths } from '../state/directory.ts'
import { setHalt } from '../state/halt.ts'
import { TestCollector } from '../uplink/collector.testkit.ts'
import { policy, segment, twoDevices } from './run-agent.testkit.ts'
import { runAgent, type AgentEvent, type AgentOptions } from './run-agent.ts'

const TOKEN = 'a-token-that-is-long-enough'

let directory = ''
let paths: StatePaths
let collector: TestCollector
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ophav-hold-'))
  paths = openStateDirectory(join(directory, 'state'))
  collector = new TestCollector()
  collector.agent = AGENT
  collector.token = TOKEN
  const url = await collector.listen()
  await enrolAgent({ paths, collector: url, token: TOKEN, name: 'test', version: '0' })
})
afterEach(async () => {
  await collector.close()
  rmSync(directory, { recursive: true, force: true })
})

async function run(options: Partial<AgentOptions> = {}): Promise<AgentEvent[]> {
  const events: AgentEvent[] = []
  await runAgent({
    paths,
    version: '0',
    scan: twoDevices,
    interfaces: () => [],
    signal: AbortSignal.timeout(20_000),
    random: () => 0.01,
    once: true,
    ...options,
    onEvent: (event) => {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  return events
}

const coverages = () => collector.entries.filter((entry): entry is Coverage => entry.type === 'coverage')
const with_ = (safety: PolicySegment['safety']): PolicySegment => ({
  ...segment('kamera'),
  ...(safety ? { safety } : {}),
})
const always = { from: '2000-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z', reason: 'x' }

test.each([
  ['kill-switch', undefined, {}],
  ['halted', { halted: true }, {}],
  ['freeze', { freezes: [always] }, {}],
  ['forwarding', undefined, { forwards: () => true }],
  // 1970-01-01 was a Thursday.
  [
    'window',
    { windows: [{ days: [5], from: '01:00', to: '02:00' }] },
    { now: () => Date.parse('2026-03-19T01:30:00Z') },
  ],
] as const)('%s: nothing is scanned, and the collector is told why', async (obstacle, safety, more) => {
  collector.policy = policy(1, [with_(safety as PolicySegment['safety'])])
  if (obstacle === 'kill-switch') setHalt(paths.halt, true)
  const events = await run({ ...more })
  expect(events.filter(({ type }) => type === 'scan-started')).toEqual([])
  expect(events).toContainEqual({ type: 'scan-held', segment: 'kamera', obstacle })
  expect(coverages()).toMatchObject([
    {
      complete: false,
      result: 'incomplete',
      attempted: 0,
      packetsSent: 0,
      policyRevision: 1,
      notAttempted: [{ reason: obstacle, addresses: 256, devices: 0 }],
    },
  ])
})

/** Sends to one address after the other until it is stopped. */
const patient: SweepProbe = {
  kind: 'sweep',
  name: 'snmp-sweep',
  title: 'T',
  transport: 'udp',
  ports: [161],
  privilege: 'none',
  packetsPerDevice: 1,
  yields: [],
  async *sweep(context) {
    const socket = await context.network.udp({ budget: 'sweep' })
    try {
      for (const number of context.scope) {
        context.asked([number])
        const address = `10.0.0.${number & 255}`
        await socket.send(new Uint8Array(1), 161, address)
        yield { address, mac: null, outcome: 'answered', evidence: [], observedAt: Date.now() }
      }
    } finally {
      socket.close()
    }
  },
}

test('the kill switch stops a running scan within a second, and its release takes it up where it was', async () => {
  const network = new LoopbackNetwork()
  const pace = { ...segment('kamera').pace, sweepPacketsPerSecond: 100 }
  collector.policy = policy(1, [{ ...segment('kamera'), pace }])
  const stop = new AbortController()
  const times = { halted: 0, ended: 0, later: -1 }
  const events = await run({
    once: false,
    signal: stop.signal,
    scan: (of, credentials, signal, saved) =>
      scanSegment({ segment: of, credentials, network, probes: [patient], signal, now: Date.now, saved }),
    onEvent: (event) => {
      if (event.type === 'scan-started')
        setTimeout(() => {
          setHalt(paths.halt, true)
          times.halted = network.sent.length
        }, 500)
      if (event.type === 'scan-held') {
        times.ended = network.sent.length
        setTimeout(() => {
          times.later = network.sent.length
          setHalt(paths.halt, false)
        }, 600)
      }
      if (event.type === 'scan-ended' && !event.stopped) setTimeout(() => stop.abort(), 1_500)
    },
  })
  network.close()
  const kinds = events.map(({ type }) => type).filter((type) => type.startsWith('scan-'))
  expect(kinds).toEqual(['scan-started', 'scan-ended', 'scan-held', 'scan-resumed', 'scan-ended'])
  expect(times.later).toBe(times.ended)
  // At a hundred packets a second no more than a second's worth left after the switch.
  expect(times.ended - times.halted).toBeLessThan(100)
  expect(coverages().map(({ result, notAttempted }) => [result, notAttempted?.[0]?.reason])).toEqual([
    ['incomplete', 'kill-switch'],
    ['incomplete', 'kill-switch'],
    ['complete', undefined],
  ])
  expect(coverages()[2]).toMatchObject({ attempted: 256, resumed: 1 })
}, 30_000)

test("the collector's halt stops a running scan by its own name, and its release takes the scan up again", async () => {
  const network = new LoopbackNetwork()
  const pace = { ...segment('kamera').pace, sweepPacketsPerSecond: 100 }
  const running = { ...segment('kamera'), pace }
  collector.policy = policy(1, [running])
  const stop = new AbortController()
  // Each receipt tells of a newer policy: what is delivered makes the agent ask.
  const events = await run({
    once: false,
    signal: stop.signal,
    scan: (of, credentials, signal, saved) =>
      scanSegment({ segment: of, credentials, network, probes: [patient], signal, now: Date.now, saved }),
    onEvent: (event) => {
      if (event.type === 'scan-started')
        collector.policy = policy(2, [{ ...running, safety: { halted: true } }])
      if (event.type === 'scan-held') collector.policy = policy(3, [running])
      if (event.type === 'scan-ended' && !event.stopped) stop.abort()
    },
  })
  network.close()
  const kinds = events.map(({ type }) => type).filter((type) => type.startsWith('scan-'))
  expect(kinds).toEqual(['scan-started', 'scan-ended', 'scan-held', 'scan-resumed', 'scan-ended'])
  expect(events).toContainEqual({ type: 'scan-held', segment: 'kamera', obstacle: 'halted' })
  const stopped = events.find((event) => event.type === 'scan-ended')
  expect(stopped?.recorded.coverage?.notAttempted?.[0]?.reason).toBe('halted')
}, 30_000)

/** A scan that keeps one checkpoint and is stopped, and then says what it was given to go on with. */
function interrupted(): { scan: AgentOptions['scan']; resumed: boolean[] } {
  const resumed: boolean[] = []
  return {
    resumed,
    scan: async function* (of, _credentials, signal, saved): AsyncGenerator<ScanEvent> {
      resumed.push(saved !== null)
      const head = {
        scan: 'a-scan',
        seed: 'x',
        startedAt: Date.now(),
        resumed: 0,
        swept: [],
        packetsSent: 0,
        failed: false,
        probes: [],
        notAttempted: [],
        sending: null,
      }
      if (saved) return yield* twoDevices(of, [], signal, saved)
      yield { type: 'checkpoint', checkpoint: { head, marks: null, hosts: [], sent: [] } }
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      return undefined
    },
  }
}

test.each([
  ['stands still', 0, true],
  ['is set back by three days', -3, true],
  ['is set forward by three days', 3, true],
  ['is set forward by a month', 31, false],
])(
  'an interrupted scan, while the clock %s, is taken up at once or begun anew, and never lost',
  async (_, days, isResumed) => {
    collector.policy = policy(1, [segment('kamera')])
    const { scan, resumed } = interrupted()
    const first = new AbortController()
    await run({
      once: false,
      scan,
      signal: first.signal,
      onEvent: ({ type }) => void (type === 'scan-started' && setTimeout(() => first.abort(), 200)),
    })
    const second = new AbortController()
    const events = await run({
      once: false,
      scan: (...given) => (resumed.length > 1 ? twoDevices(...given) : scan(...given)),
      signal: second.signal,
      now: () => Date.now() + days * 86_400_000,
      onEvent: ({ type }) =>
        void ((type === 'scan-ended' || type === 'scan-started') && setTimeout(() => second.abort(), 200)),
    })
    expect(resumed).toEqual([false, isResumed])
    expect(events.map(({ type }) => type)).toContain(isResumed ? 'scan-resumed' : 'scan-started')
  },
)

test('a scan that ends the agent each time before it comes any further is given up in the end', async () => {
  collector.policy = policy(1, [segment('kamera')])
  const resumed: boolean[] = []
  for (let round = 0; round < 5; round++) {
    const stop = new AbortController()
    await run({
      once: false,
      signal: stop.signal,
      scan: async function* (of, _credentials, signal, saved) {
        resumed.push(saved !== null)
        const fresh = interrupted().scan(of, [], signal, null)
        for await (const event of fresh) yield event
      },
      onEvent: ({ type }) =>
        void ((type === 'scan-started' || type === 'scan-resumed') && setTimeout(() => stop.abort(), 100)),
    })
  }
  expect(resumed).toEqual([false, true, true, true, false])
})
