import { gzipSync } from 'node:zlib'
import { createKeyPair, MAX_BATCH_BYTES, type Entry } from '@ophav/shared'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AT, SEGMENT, sighting, TestCollector } from '../server/collector.testkit.ts'

let collector: TestCollector
beforeEach(async () => {
  collector = new TestCollector()
  await collector.open()
})
afterEach(() => collector.close())

describe('a batch', () => {
  test('is applied once, however often it arrives', async () => {
    const envelope = collector.envelope(1, [sighting(1), sighting(2)])
    expect(await collector.deliver(envelope)).toEqual({ status: 200, applied: true })
    const once = await collector.counts()
    expect(once).toMatchObject({ batch: 1, observation: 2, device: 2 })
    expect(await collector.deliver(envelope)).toEqual({ status: 200, applied: false })
    expect(await collector.counts()).toEqual(once)
  })

  test('may come packed', async () => {
    const packed = gzipSync(JSON.stringify(collector.envelope(1, [sighting(1)])))
    const headers = { 'content-encoding': 'gzip' }
    expect(await collector.deliver(packed as never, headers)).toEqual({ status: 200, applied: true })
  })

  test('of an old number with other content, or with a gap before it, is refused', async () => {
    await collector.deliver(collector.envelope(1, [sighting(1)]))
    const before = await collector.counts()
    expect(await collector.deliver(collector.envelope(1, [sighting(2)]))).toMatchObject({
      status: 409,
      code: 'batch.sequence-reused',
    })
    expect(await collector.deliver(collector.envelope(3, [sighting(2)]))).toMatchObject({
      status: 409,
      code: 'batch.sequence-gap',
    })
    expect(await collector.counts()).toEqual(before)
  })

  test('of a segment on which the agent does not stand is refused whole', async () => {
    const entries = [sighting(1), sighting(2, 'x', { segment: 'andet' })]
    expect(await collector.deliver(collector.envelope(1, entries))).toMatchObject({
      code: 'batch.wrong-segment',
    })
    expect(await collector.counts()).toMatchObject({ batch: 0, observation: 0, device: 0 })
  })
})

describe('what nobody who is known has signed', () => {
  test('is refused: another key, another agent, a changed octet', async () => {
    const stranger = createKeyPair()
    const forged = collector.envelope(1, [sighting(1)], { agent: collector.agent, keys: stranger })
    expect(await collector.deliver(forged)).toMatchObject({ status: 401, code: 'envelope.bad-signature' })
    const nobody = collector.envelope(1, [sighting(1)], {
      agent: '00000000-0000-4000-8000-000000000000',
      keys: stranger,
    })
    expect(await collector.deliver(nobody)).toMatchObject({ status: 401, code: 'agent.unknown' })
    const good = collector.envelope(1, [sighting(1)])
    const payload = Buffer.from(good.payload, 'base64')
    payload[payload.length - 10] = (payload.at(-10) ?? 0) ^ 1
    expect(await collector.deliver({ ...good, payload: payload.toString('base64') })).toMatchObject({
      code: 'envelope.bad-signature',
    })
    expect(await collector.counts()).toMatchObject({ batch: 0, observation: 0 })
  })

  test('is refused when one agent signs for another', async () => {
    const keys = createKeyPair()
    const second = await collector.enrol(keys)
    const envelope = collector.envelope(1, [sighting(1)], { agent: collector.agent, keys })
    envelope.signatures[0] = { keyid: second, sig: envelope.signatures[0]?.sig ?? '' }
    expect((await collector.deliver(envelope)).status).toBeGreaterThanOrEqual(400)
    expect(await collector.counts()).toMatchObject({ batch: 0 })
  })

  test('is refused when it is no batch', async () => {
    for (const body of ['', '{', 'null', '[]', '{}', '{"payloadType":"x"}']) {
      const { status, code } = await collector.deliver(body)
      expect([400, 415, 422]).toContain(status)
      expect(code).toMatch(/^[a-z]+\.[a-z-]+$/)
    }
    const poisoned = collector.envelope(1, [{ ...sighting(1), outcome: 'perhaps' } as unknown as Entry])
    expect(await collector.deliver(poisoned)).toMatchObject({ status: 422, code: 'batch.invalid' })
  })

  test('is refused when it unpacks to more than a batch can be, or is cut', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const bomb = gzipSync(Buffer.alloc(MAX_BATCH_BYTES * 4, 0x20))
    expect(bomb.length).toBeLessThan(100_000)
    expect(await collector.deliver(bomb as never, headers)).toMatchObject({
      status: 413,
      code: 'request.too-large',
    })
    const cut = gzipSync('{"payloadType":"x"}').subarray(0, 15)
    expect((await collector.deliver(cut as never, headers)).status).toBe(400)
  })
})

test('hostile text is kept as it was, and ends in a page as text', async () => {
  const hostile = '<script>alert(1)</script>\u0000\u001B[31m"\'&=HYPERLINK("x")'
  const long = 'Hikvision DS-2CD2143G2-I '.padEnd(16_000, 'A')
  await collector.deliver(collector.envelope(1, [sighting(1, hostile), sighting(2, long)]))
  const kept = await collector.db.selectFrom('observation').select('evidence').orderBy('id').execute()
  expect(kept.map(({ evidence }) => (JSON.parse(evidence) as { value: string }[])[0]?.value)).toEqual([
    hostile,
    long,
  ])
  const device = await collector.db.selectFrom('device').select('id').orderBy('id').executeTakeFirstOrThrow()
  for (const url of ['/devices', `/devices/${device.id}`, '/']) {
    const { statusCode, body } = await collector.app.inject({ url, headers: { host: '127.0.0.1:8480' } })
    expect(statusCode).toBe(200)
    expect(body).not.toContain('<script>alert')
    expect(body).not.toContain('\u001B')
  }
})

test('any order of repetitions ends in the same inventory', async () => {
  const entries = Array.from({ length: 6 }, (_, index) => [
    sighting(index + 1),
    sighting((index % 3) + 1, 'DS-2CD2143G2-I'),
  ])
  const envelopes = entries.map((list, index) => collector.envelope(index + 1, list))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 12 }), async (noise) => {
      for (const index of noise) await collector.deliver(envelopes[index] ?? {})
    }),
    { numRuns: 8 },
  )
  for (const envelope of envelopes) await collector.deliver(envelope)
  expect(await collector.counts()).toMatchObject({ batch: 6, device: 6 })
  const state = await collector.db
    .selectFrom('device')
    .select(['maker', 'class', 'administration'])
    .distinct()
    .execute()
  expect(state).toEqual([{ maker: 'Hikvision', class: 'camera', administration: 'SOF' }])
})

test('pages and reports are for this machine: another host name is refused', async () => {
  const { statusCode, body } = await collector.app.inject({ url: '/', headers: { host: 'evil.example' } })
  expect(statusCode).toBe(403)
  expect(body).toContain('access.console-is-local')
})

test('a "still there" of a device keeps it present, in its segment', async () => {
  await collector.deliver(collector.envelope(1, [sighting(1)]))
  const later = '2026-01-03T03:04:05.000Z'
  const { subject } = sighting(1) as Extract<Entry, { type: 'observation' }>
  await collector.deliver(
    collector.envelope(2, [{ type: 'presence', segment: SEGMENT, probe: 'snmp', subject, seenAt: later }]),
  )
  const presence = await collector.db.selectFrom('presence').select(['segment', 'last_seen_at']).execute()
  expect(presence).toEqual([{ segment: SEGMENT, last_seen_at: later }])
  expect(AT < later).toBe(true)
})
