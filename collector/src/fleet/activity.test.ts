import { POLICY_REQUEST_TYPE, sealEnvelope } from '@ophav/shared'
import { expect, test } from 'vitest'
import { SEGMENT, TestCollector } from '../server/collector.testkit.ts'

test('an agent that asks for its policy says what it is doing, and the overview shows it until it is done', async () => {
  const collector = new TestCollector()
  await collector.open()
  try {
    const ask = async (more: object) => {
      const at = new Date().toISOString()
      const request = { agent: collector.agent, at, revision: 0, version: '0', interfaces: [], ...more }
      const payload = sealEnvelope(POLICY_REQUEST_TYPE, request, collector.keys.privateKey, collector.agent)
      return (await collector.app.inject({ method: 'POST', url: '/api/policy', payload })).statusCode
    }
    const overview = async () => (await collector.app.inject({ method: 'GET', url: '/?lang=en' })).body
    const activity = {
      at: new Date().toISOString(),
      segment: SEGMENT,
      state: 'waiting',
      reason: 'kill-switch',
    }
    expect(await ask({ activity })).toBe(200)
    expect(await overview()).toContain('waits: kill switch on the agent')
    expect(await ask({ activity: { ...activity, reason: 'boredom' } })).toBe(400)
    expect(await ask({})).toBe(200)
    expect(await overview()).not.toContain('waits')
  } finally {
    await collector.close()
  }
})
