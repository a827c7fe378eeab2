/** Tests of a scan under strain: stopped and taken up, flooded, with devices that need rest. */
import { setTimeout as sleep } from 'node:timers/promises'
import { FULL_PACE, POLITE_PACE, type Coverage, type PolicySegment } from '@ophav/shared'
import { describe, expect, test } from 'vitest'
import { LoopbackNetwork } from '../probe/loopback.testkit.ts'
import type { AskProbe, Probe, SweepProbe } from '../probe/probe.ts'
import { exchange } from '../probe/exchange.ts'
import { ConversationPool } from '../probe/conversation.ts'
import type { Checkpoint, SavedHost, SavedScan } from './checkpoint.ts'
import type { ScanEvent } from './event.ts'
import { scanSegment } from './run.ts'
import { stopFor } from './stop.ts'

const declaration = {
  title: 'T',
  transport: 'udp',
  ports: [161],
  privilege: 'none',
  packetsPerDevice: 1,
  yields: [],
} as const
const answered = (address: string) => ({
  address,
  mac: null,
  outcome: 'answered' as const,
  evidence: [],
  observedAt: 0,
})
const textOf = (number: number) => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')

const segment = (probes: readonly Probe[], more: Partial<PolicySegment> = {}): PolicySegment => ({
  key: 'k',
  name: 'k',
  ranges: ['10.0.0.0/24'],
  exclusions: [],
  pace: FULL_PACE,
  probes: probes.map(({ name }) => name),
  intervalSeconds: 60,
  ...more,
})

const options = (probes: readonly Probe[], more: Partial<PolicySegment> = {}) => ({
  segment: segment(probes, more),
  credentials: [],
  network: new LoopbackNetwork(),
  probes,
  signal: new AbortController().signal,
  now: Date.now,
})

/** What a spool would have kept. */
class Memory {
  #last: Checkpoint | null = null
  #marks: SavedScan['marks'] = {}
  readonly #hosts = new Map<string, SavedHost>()

  keep(checkpoint: Checkpoint): void {
    this.#last = checkpoint
    this.#marks = checkpoint.marks ?? this.#marks
    for (const host of checkpoint.hosts) this.#hosts.set(host.address, host)
  }

  get saved(): SavedScan | null {
    return this.#last && { head: this.#last.head, marks: this.#marks, hosts: [...this.#hosts.values()] }
  }
}

test('a scan that is stopped again and again, wherever, asks no more pieces twice than there were stops', async () => {
  const asked = new Map<string, number>()
  const sweep: SweepProbe = {
    ...declaration,
    kind: 'sweep',
    name: 's',
    async *sweep(context) {
      for (const number of context.scope) {
        context.signal.throwIfAborted()
        context.asked([number])
        asked.set(textOf(number), (asked.get(textOf(number)) ?? 0) + 1)
        if (number % 16 === 0) {
          await sleep(1)
          yield answered(textOf(number))
        }
      }
    },
  }
  const questions = new Map<string, number>()
  const ask: AskProbe = {
    ...declaration,
    kind: 'ask',
    name: 'a',
    ask: async (address) => {
      questions.set(address, (questions.get(address) ?? 0) + 1)
      await sleep(2)
      return answered(address)
    },
  }
  const memory = new Memory()
  const probes = [sweep, ask]
  const pace = { ...POLITE_PACE, sweepPacketsPerSecond: 1, concurrentDevices: 4 }
  const ends: Coverage[] = []
  for (let round = 0; round < 100 && ends.at(-1)?.complete !== true; round++) {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(stopFor('window')), 20 + round * 5)
    const given = {
      ...options(probes, { ranges: ['10.0.0.0/20'], pace }),
      signal: stop.signal,
      saved: memory.saved,
    }
    for await (const event of scanSegment(given)) {
      if (event.type === 'checkpoint') memory.keep(event.checkpoint)
      if (event.type === 'end') ends.push(event.coverage)
    }
    clearTimeout(timer)
  }
  const stops = ends.length - 1
  expect(stops).toBeGreaterThan(2)
  expect(ends.pop()).toMatchObject({ attempted: 4096, answered: 256, silent: 3840, resumed: stops })
  expect(ends.map(({ result }) => result)).toEqual(ends.map(() => 'incomplete'))
  expect(ends.map(({ notAttempted }) => notAttempted?.[0]?.reason)).toEqual(ends.map(() => 'window'))
  const repeated = [...asked.values()].reduce((sum, count) => sum + count - 1, 0)
  expect(asked.size).toBe(4096)
  // A piece has 256 addresses at this pace.
  expect(repeated).toBeLessThanOrEqual(stops * 256)
  expect(questions.size).toBe(256)
}, 60_000)

describe('a hostile flood of answers', () => {
  test('costs neither memory nor the scan: the first claims to each address are kept, and it is said', async () => {
    const flood: SweepProbe = {
      ...declaration,
      kind: 'sweep',
      name: 'f',
      async *sweep(context) {
        context.asked(context.scope)
        for (let count = 0; count < 1_000_000; count++) {
          if (count % 10_000 === 0) await sleep(0)
          yield answered(textOf(0x0a000000 + (count % 300)))
        }
      },
    }
    let results = 0
    let end: Extract<ScanEvent, { type: 'end' }> | undefined
    const before = process.memoryUsage().heapUsed
    for await (const event of scanSegment(options([flood]))) {
      if (event.type === 'result') results++
      if (event.type === 'end') end = event
    }
    expect(results).toBe(256 * 8)
    expect(end?.coverage.probes[0]?.notChecked).toContain('flood')
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('is held up by a reader that is slow, instead of filling the memory', async () => {
    let made = 0
    const flood: SweepProbe = {
      ...declaration,
      kind: 'sweep',
      name: 'f',
      async *sweep() {
        for (; made < 40_000; made++) {
          if (made % 1_000 === 0) await sleep(0)
          yield answered(textOf(0x0a000000 + made))
        }
      },
    }
    let read = 0
    let most = 0
    for await (const event of scanSegment(options([flood], { ranges: ['10.0.0.0/16'] }))) {
      if (event.type !== 'result') continue
      if (read % 2_000 === 0) await sleep(5)
      most = Math.max(most, made - ++read)
    }
    expect(read).toBe(40_000)
    expect(most).toBeLessThan(10_000)
  })
})

describe('a device that falls silent in the middle of its questions', () => {
  test('is left alone, asked again after its rest, and then given up: the scan goes on and says so', async () => {
    const network = new LoopbackNetwork()
    let heard = 0
    await network.host('10.0.0.5', 161, (question) => (heard++ < 1 ? [question] : []))
    await network.host('10.0.0.6', 161, (question) => [question])
    const pool = new ConversationPool()
    const question = (name: string): AskProbe => ({
      ...declaration,
      kind: 'ask',
      name,
      async ask(address, { network: guarded, signal }) {
        const conversation = await pool.open(guarded, address, 161)
        try {
          const { outcome } = await exchange(conversation, {
            question: Uint8Array.of(1),
            read: (data) => data,
            tries: 5,
            timeoutMs: 700,
            signal,
          })
          return { ...answered(address), outcome }
        } finally {
          conversation.close()
        }
      },
    })
    const sweep: SweepProbe = {
      ...declaration,
      kind: 'sweep',
      name: 's',
      async *sweep(context) {
        context.asked(context.scope)
        yield* ['10.0.0.5', '10.0.0.6'].map(answered)
      },
    }
    const probes = [sweep, question('one'), question('two'), question('three')]
    const safety = { latency: { factor: 3, restSeconds: 0.2, rests: 1 } }
    const rests: (number | null)[] = []
    let end: Extract<ScanEvent, { type: 'end' }> | undefined
    for await (const event of scanSegment({ ...options(probes, { safety }), network })) {
      if (event.type === 'resting') rests.push(event.milliseconds)
      if (event.type === 'end') end = event
    }
    network.close()
    expect(rests).toEqual([200, null])
    const { coverage } = end ?? {}
    expect(coverage).toMatchObject({ complete: false, result: 'incomplete' })
    expect(coverage?.notAttempted).toEqual([{ reason: 'backoff', addresses: 0, devices: 1 }])
    const outcomes = Object.fromEntries(
      coverage?.probes.map(({ probe, outcomes: all }) => [probe, all]) ?? [],
    )
    expect(outcomes).toMatchObject({
      one: { answered: 2 },
      two: { answered: 1, 'not-attempted': 1 },
      three: { answered: 1, 'not-attempted': 1 },
    })
  })
})
