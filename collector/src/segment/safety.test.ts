import { openEnvelope, POLICY_TYPE, readPublicKey, type Policy } from '@ophav/shared'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadCollectorKeys } from '../access/collector-key.ts'
import { findAgent } from '../fleet/agent.ts'
import { policyFor } from '../fleet/policy.ts'
import { parseDays } from '../command/segment-safety.ts'
import { AT, SEGMENT, TestCollector } from '../server/collector.testkit.ts'
import {
  addFreeze,
  addWindow,
  clearWindows,
  endFreeze,
  readSafety,
  setHalted,
  setLatency,
  setPace,
} from './safety.ts'
import { zonedTime } from './zoned-time.ts'

let collector: TestCollector
beforeEach(async () => {
  collector = new TestCollector()
  await collector.open()
})
afterEach(() => collector.close())

async function segmentOfPolicy() {
  const keys = await loadCollectorKeys(collector.directory)
  const { envelope, revision } = await policyFor(
    collector.db,
    await findAgent(collector.db, collector.agent),
    keys,
  )
  const policy = openEnvelope(envelope, POLICY_TYPE, readPublicKey(keys.publicKey)) as Policy
  return { revision, segment: policy.segments[0] }
}

describe('what is set for a segment', () => {
  test('reaches its agents with the next policy, each change under a new revision', async () => {
    const before = await segmentOfPolicy()
    expect(before.segment?.safety).toBeUndefined()
    await setPace(collector.db, SEGMENT, { packetsPerSecondPerDevice: 1, concurrentDevices: 4 }, 'me')
    await addWindow(collector.db, SEGMENT, { days: [1, 5], from: '20:00', to: '06:00' }, undefined, 'me')
    await addFreeze(
      collector.db,
      SEGMENT,
      { from: '2026-12-20', to: '2027-01-04T08:00', reason: 'jul' },
      'me',
    )
    await setLatency(collector.db, SEGMENT, { factor: 5, restSeconds: 60, rests: 1 }, 'me')
    await setHalted(collector.db, SEGMENT, true, 'me')
    const after = await segmentOfPolicy()
    expect(after.revision).toBe(before.revision + 1)
    expect(after.segment).toMatchObject({
      pace: { packetsPerSecondPerDevice: 1, concurrentDevices: 4 },
      safety: {
        timeZone: 'Europe/Copenhagen',
        windows: [{ days: [1, 5], from: '20:00', to: '06:00' }],
        freezes: [{ from: '2026-12-19T23:00:00.000Z', to: '2027-01-04T07:00:00.000Z', reason: 'jul' }],
        latency: { factor: 5 },
        halted: true,
      },
    })
    await setHalted(collector.db, SEGMENT, false, 'me')
    await endFreeze(collector.db, SEGMENT, 1, 'me')
    await clearWindows(collector.db, SEGMENT, 'me')
    const { safety } = await readSafety(collector.db, SEGMENT)
    expect(safety).toMatchObject({ halted: false, windows: [] })
    expect(safety.freezes).toBeUndefined()
    const audited = await collector.db
      .selectFrom('audit')
      .select('action')
      .where('actor', '=', 'me')
      .execute()
    expect(audited).toHaveLength(8)
  })

  test('is refused where it makes no sense, and nothing changes', async () => {
    const invalid = { code: 'segment.safety-invalid' }
    const freeze = (from: string, to: string) =>
      addFreeze(collector.db, SEGMENT, { from, to, reason: 'x' }, 'me')
    await expect(freeze('2026-12-20', '2026-12-19')).rejects.toMatchObject(invalid)
    await expect(freeze('tomorrow', '2026-12-19')).rejects.toMatchObject(invalid)
    const window = { days: [1], from: '25:00', to: '06:00' }
    await expect(addWindow(collector.db, SEGMENT, window, undefined, 'me')).rejects.toMatchObject(invalid)
    const good = { ...window, from: '22:00' }
    await expect(addWindow(collector.db, SEGMENT, good, 'Mars/Base', 'me')).rejects.toMatchObject(invalid)
    await expect(setPace(collector.db, SEGMENT, { concurrentDevices: 0 }, 'me')).rejects.toMatchObject(
      invalid,
    )
    await expect(endFreeze(collector.db, SEGMENT, 1, 'me')).rejects.toMatchObject({
      code: 'segment.freeze-unknown',
    })
    expect((await readSafety(collector.db, SEGMENT)).safety).toEqual({})
  })
})

test('days are read as people write them', () => {
  expect([parseDays('mon-fri'), parseDays('sat,sun'), parseDays('fri-mon'), parseDays('Wed')]).toEqual([
    [1, 2, 3, 4, 5],
    [6, 7],
    [1, 5, 6, 7],
    [3],
  ])
  for (const text of ['', 'monday', 'mon-fri-sat', '1-5']) expect(() => parseDays(text)).toThrow('mon-fri')
})

describe('a date in a time zone', () => {
  test('is the moment that clocks there show, in summer and in winter', () => {
    expect(zonedTime('2026-07-01T08:00', 'Europe/Copenhagen')).toBe(Date.parse('2026-07-01T06:00:00Z'))
    expect(zonedTime('2026-12-01', 'Europe/Copenhagen')).toBe(Date.parse('2026-11-30T23:00:00Z'))
    // The morning after the clocks were set forward.
    expect(zonedTime('2026-03-29T04:00', 'Europe/Copenhagen')).toBe(Date.parse('2026-03-29T02:00:00Z'))
  })

  test('is null or a number, whatever the text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const time = zonedTime(text, 'Europe/Copenhagen')
        expect(time === null || Number.isFinite(time)).toBe(true)
      }),
    )
  })
})

test('pages and reports say what the latest scan proves, and what the agent is doing', async () => {
  const coverage = {
    type: 'coverage' as const,
    segment: SEGMENT,
    scan: 's',
    startedAt: AT,
    endedAt: AT,
    complete: false,
    result: 'unreached' as const,
    because: 'no carrier on seg0',
    inScope: 256,
    excluded: 0,
    attempted: 0,
    answered: 0,
    refused: 0,
    silent: 0,
    notAttempted: [{ reason: 'no-carrier' as const, addresses: 256, devices: 0 }],
    packetsSent: 0,
    probes: [],
  }
  await collector.deliver(collector.envelope(1, [coverage]))
  const activity = {
    at: AT,
    segment: SEGMENT,
    state: 'scanning',
    done: 50,
    total: 200,
    found: 7,
    secondsLeft: 90,
  }
  await collector.db
    .updateTable('agent')
    .set({ activity: JSON.stringify(activity), last_seen_at: new Date().toISOString() })
    .execute()
  const page = async (url: string) => (await collector.app.inject({ method: 'GET', url })).body
  const overview = await page('/?lang=en')
  expect(overview).toContain('<span class="mark">unreached</span>')
  expect(overview).toContain('256 not tried: no carrier')
  expect(overview).toContain('scanning 25 %, 7 found, 2 min left')
  expect(await page('/reports/tabel1?lang=da')).toContain('blev ikke nået ved seneste scanning')
})
