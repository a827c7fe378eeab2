/** Tests of the uplink against a collector on a real socket that misbehaves as networks do. */
import { errorCode, writePublicKey } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Spool } from '../spool/spool.ts'
import { AGENT, inWords, sighting, SpoolFixture } from '../spool/spool.testkit.ts'
import { CollectorClient, collectorUrl } from './client.ts'
import { TestCollector, type Misbehaviour } from './collector.testkit.ts'
import { Uplink, type UplinkEvent, type UplinkOptions } from './uplink.ts'

let fixture: SpoolFixture
let spool: Spool
let collector: TestCollector
let url = ''
beforeEach(async () => {
  fixture = new SpoolFixture()
  spool = fixture.open()
  collector = new TestCollector()
  collector.agent = AGENT
  collector.agentKey = writePublicKey(fixture.sealer.keys.publicKey)
  url = await collector.listen()
})
afterEach(async () => {
  await collector.close()
  fixture[Symbol.dispose]()
})

const HERE = { segment: 'kamera', scan: 'scan-1' }
const see = (from: number, count: number) =>
  spool.append(
    HERE,
    Array.from({ length: count }, (_, index) => sighting(from + index, 'a')),
  )

/** Runs the uplink until the spool is empty. Waits are real, with a jitter of nearly nothing. */
async function deliver(options: Partial<UplinkOptions> = {}): Promise<UplinkEvent[]> {
  const events: UplinkEvent[] = []
  await new Uplink({
    spool,
    client: new CollectorClient(url, 300),
    refreshPolicy: async () => {},
    held: () => ({ revision: 0, segments: new Set(['kamera']) }),
    signal: AbortSignal.timeout(20_000),
    random: () => 0.01,
    now: Date.now,
    onEvent: (event) => events.push(event),
    isDone: () => true,
    ...options,
  }).run()
  return events
}

const failures = (events: UplinkEvent[]) =>
  events.flatMap((event) => (event.type === 'failed' ? [errorCode(event.error)] : []))

const addresses = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => inWords({ ...observation(from + index) }))
const observation = (device: number) => ({
  type: 'observation' as const,
  segment: 'kamera',
  probe: 'snmp-sweep',
  subject: { address: sighting(device, 'a').result.address ?? '' },
  outcome: 'answered' as const,
  observedAt: '',
  evidence: [{ kind: 'snmp.sysName', value: 'a' }],
})

test('everything arrives, in order, one request at a time', async () => {
  see(1, 1200)
  const events = await deliver()
  expect(collector.entries.map(inWords)).toEqual(addresses(1, 1200))
  expect(collector.requests).toEqual(['batch 1', 'batch 2', 'batch 3'])
  expect(collector.concurrency).toBe(1)
  expect(events.map((event) => event.type)).toEqual(['delivered', 'delivered', 'delivered'])
  expect(spool.hasWork()).toBe(false)
})

const PASSING: [Misbehaviour, string][] = [
  ['cut', 'uplink.unreachable'],
  ['lose-reply', 'uplink.unreachable'],
  ['hang', 'uplink.unreachable'],
  ['bad-gateway', 'uplink.unreachable'],
  ['login-page', 'uplink.not-a-collector'],
  ['store.full', 'store.full'],
  ['internal.defect', 'internal.defect'],
]
test.each(PASSING)('after %s the same bytes are sent again and applied once', async (misbehaviour, code) => {
  see(1, 600)
  collector.misbehaviours = [misbehaviour, misbehaviour]
  const events = await deliver()
  expect(failures(events)).toEqual([code, code])
  expect(collector.entries.map(inWords)).toEqual(addresses(1, 600))
})

test('a collector that is not there keeps nothing from being kept', async () => {
  see(1, 3)
  await collector.close()
  const stopped = AbortSignal.timeout(200)
  const events = await deliver({ signal: stopped })
  expect(new Set(failures(events))).toEqual(new Set(['uplink.unreachable']))
  expect(spool.summary()).toMatchObject({ batches: 1, batchEntries: 3, failure: 'uplink.unreachable' })
})

test('a stop does not wait for a collector that never answers', async () => {
  see(1, 1)
  collector.misbehaviours = ['hang']
  const stop = new AbortController()
  const running = deliver({ signal: stop.signal, client: new CollectorClient(url, 60_000) })
  while (!spool.hasBatch()) await new Promise((resolve) => setTimeout(resolve, 5))
  stop.abort()
  expect(failures(await running)).toEqual([])
  expect(spool.hasBatch()).toBe(true)
})

test('a collector restored from a backup gets what it expects', async () => {
  see(1, 1)
  await deliver()
  see(2, 1)
  await deliver()
  collector.restore(1)
  see(3, 1)
  const events = await deliver()
  expect(events).toContainEqual({ type: 'renumbered', from: 2 })
  expect(collector.entries.map(inWords).at(-1)).toBe(addresses(3, 1)[0])
  // What the collector lost is told in full by the next scan.
  see(1, 2)
  await deliver()
  expect(collector.entries.slice(-2).map(inWords)).toEqual(addresses(1, 2))
})

test('entries of a segment that the agent lost do not block the others', async () => {
  see(1, 1)
  spool.append({ segment: 'kontor', scan: 's' }, [sighting(2, 'a')])
  see(3, 1)
  collector.bound = new Set(['kamera'])
  const events = await deliver()
  expect(events).toContainEqual({ type: 'withdrawn', segment: 'kontor', entries: 1 })
  expect(collector.entries.map((entry) => entry.segment)).toEqual(['kamera', 'kamera'])
})

test.each(['agent.unknown', 'agent.revoked', 'batch.sequence-reused', 'envelope.bad-signature'] as const)(
  'after %s the agent waits for an operator, minutes and not seconds',
  async (code) => {
    see(1, 1)
    collector.misbehaviours = [code]
    const events = await deliver({ signal: AbortSignal.timeout(300) })
    expect(events).toMatchObject([{ type: 'failed', waitMs: expect.any(Number) }])
    const [failed] = events
    expect(failed?.type === 'failed' && failed.waitMs).toBeGreaterThanOrEqual(300_000)
    expect(spool.hasBatch()).toBe(true)
  },
)

test('a run that nobody watches ends on a refusal', async () => {
  see(1, 1)
  collector.misbehaviours = ['agent.revoked']
  await expect(deliver({ endsOnRefusal: true })).rejects.toMatchObject({ code: 'agent.revoked' })
})

test('a receipt with a newer policy revision makes the agent ask at once', async () => {
  let asked = 0
  let held = 0
  collector.policy = { agent: AGENT, revision: 3, issuedAt: '', segments: [] }
  see(1, 1)
  await deliver({
    held: () => ({ revision: held, segments: new Set(['kamera']) }),
    refreshPolicy: async () => {
      if (++asked > 1) held = 3
    },
    isDone: () => held === 3,
  })
  expect(asked).toBe(2)
})

test("a collector's address is http or https, and holds no password", () => {
  expect(collectorUrl('https://collector.example/ophav').href).toBe('https://collector.example/ophav/')
  const codeOf = (text: string) => {
    try {
      return collectorUrl(text).href
    } catch (error) {
      return errorCode(error)
    }
  }
  expect(codeOf('ftp://collector.example')).toBe('command.invalid-option')
  expect(codeOf('collector')).toBe('command.invalid-option')
  expect(codeOf('http://a:b@collector.example')).toBe('command.secret-in-argument')
})
