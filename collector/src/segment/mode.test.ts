import { openEnvelope, parseAs, Policy, POLICY_TYPE } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCollectorKeys } from '../access/collector-key.ts'
import { findAgent } from '../fleet/agent.ts'
import { policyFor } from '../fleet/policy.ts'
import { SEGMENT, TestCollector } from '../server/collector.testkit.ts'
import { setSegmentMode } from './write.ts'

let collector: TestCollector
beforeEach(async () => {
  collector = new TestCollector()
  await collector.open()
})
afterEach(() => collector.close())

async function policy(): Promise<Policy> {
  const keys = await loadCollectorKeys(collector.directory)
  const { envelope } = await policyFor(collector.db, await findAgent(collector.db, collector.agent), keys)
  return parseAs(Policy, openEnvelope(envelope, POLICY_TYPE, keys.signing.publicKey), 'policy.invalid')
}

test('a segment that is made passive is passive in the next policy, and active again when it is made so', async () => {
  const before = await policy()
  expect(before.segments.map(({ mode }) => mode)).toEqual([undefined])
  await setSegmentMode(collector.db, SEGMENT, 'passive', 'test')
  const passive = await policy()
  expect([passive.revision, passive.segments[0]?.mode]).toEqual([before.revision + 1, 'passive'])
  await setSegmentMode(collector.db, SEGMENT, 'active', 'test')
  expect((await policy()).segments[0]?.mode).toBeUndefined()
})

test('who changed it stands in the audit log', async () => {
  await setSegmentMode(collector.db, SEGMENT, 'passive', 'Navn')
  const rows = await collector.db.selectFrom('audit').select(['actor', 'action', 'subject']).execute()
  expect(rows).toContainEqual({ actor: 'Navn', action: 'segment.passive', subject: SEGMENT })
})

test('a segment that nobody knows has no mode', async () => {
  await expect(setSegmentMode(collector.db, 'nowhere', 'passive', 'test')).rejects.toMatchObject({
    code: 'segment.unknown',
  })
})
