/** Passive segments: listened to all the time, never scanned, and let go of when the policy says so. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PolicySegment } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrolAgent } from '../enrol/enrol.ts'
import { AGENT, coverage, inWords, sighting } from '../spool/spool.testkit.ts'
import { openStateDirectory, type StatePaths } from '../state/directory.ts'
import { TestCollector } from '../uplink/collector.testkit.ts'
import type { ListenSegment } from './listening.ts'
import { policy, segment, twoDevices } from './run-agent.testkit.ts'
import { runAgent, type AgentEvent, type AgentOptions } from './run-agent.ts'

const TOKEN = 'a-token-that-is-long-enough'

let directory = ''
let paths: StatePaths
let collector: TestCollector
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ophav-listen-'))
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

const passive = (key: string, more: Partial<PolicySegment> = {}): PolicySegment => ({
  ...segment(key),
  mode: 'passive',
  ...more,
})

/** Hears one device, then waits for the round's end; keeps a book of what was asked of it. */
function ear() {
  const book = { opened: [] as string[], closed: 0, rounds: [] as number[] }
  const listen: ListenSegment = async ({ key }) => {
    book.opened.push(key)
    return {
      async *round({ milliseconds, signal }) {
        book.rounds.push(milliseconds)
        yield { type: 'result', ...sighting(9, 'heard') }
        if (milliseconds > 90_000)
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        yield { type: 'end', coverage: { ...coverage(key), complete: false } }
      },
      [Symbol.dispose]: () => void book.closed++,
    }
  }
  return { book, listen }
}

async function run(options: Partial<AgentOptions>): Promise<AgentEvent[]> {
  const events: AgentEvent[] = []
  await runAgent({
    paths,
    version: '0',
    scan: twoDevices,
    interfaces: () => [],
    signal: AbortSignal.timeout(20_000),
    random: () => 0.01,
    ...options,
    onEvent: (event) => {
      events.push(event)
      options.onEvent?.(event)
    },
  })
  return events
}

const told = () => collector.entries.map((entry) => `${entry.segment} ${inWords(entry)}`).toSorted()

test('once: a passive segment is listened to for a while and never scanned, an active one is scanned', async () => {
  const { book, listen } = ear()
  collector.policy = policy(1, [passive('kamera'), segment('kontor')])
  await run({ once: true, listen })
  expect(book).toEqual({ opened: ['kamera'], closed: 1, rounds: [90_000] })
  expect(told()).toEqual([
    'kamera coverage',
    'kamera observation 10.0.0.9 heard',
    'kontor coverage',
    'kontor observation 10.0.0.1 a',
    'kontor observation 10.0.0.2 a',
  ])
})

test('a service listens round after round on one listener, beside its scans', async () => {
  const stop = new AbortController()
  const { book, listen } = ear()
  let ends = 0
  collector.policy = policy(1, [passive('kamera', { intervalSeconds: 10 }), segment('kontor')])
  const events = await run({
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
    listen,
    onEvent: (event) => {
      if (event.type === 'scan-ended' && event.segment === 'kamera' && ++ends === 3) stop.abort()
    },
  })
  expect(stop.signal.aborted).toBe(true)
  expect(book.opened).toEqual(['kamera'])
  expect(book.rounds.length).toBeGreaterThanOrEqual(3)
  expect(book.closed).toBe(1)
  expect(events.filter((event) => event.type === 'scan-ended' && event.segment === 'kontor').length).toBe(1)
})

test('a segment that becomes active is let go of, and scanned', async () => {
  const stop = new AbortController()
  const { book, listen } = ear()
  collector.policy = policy(1, [passive('kamera')])
  await run({
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(20_000)]),
    listen,
    onEvent: (event) => {
      if (event.type === 'scan-started') collector.policy = policy(2, [segment('kamera')])
      if (event.type === 'scan-ended' && book.closed === 1 && !event.stopped) stop.abort()
    },
  })
  expect(stop.signal.aborted).toBe(true)
  expect(book).toMatchObject({ opened: ['kamera'], closed: 1 })
})

test('a listener that cannot be opened is told and ends nothing else', async () => {
  collector.policy = policy(1, [passive('kamera'), segment('kontor')])
  const events = await run({
    once: true,
    listen: async () => {
      throw new Error('no interface')
    },
  })
  expect(events).toContainEqual({ type: 'scan-failed', segment: 'kamera', error: new Error('no interface') })
  expect(told().filter((line) => line.startsWith('kontor')).length).toBe(3)
})

test('without a way to listen a passive segment is left alone', async () => {
  collector.policy = policy(1, [passive('kamera')])
  await run({ once: true })
  expect(told()).toEqual([])
})
