/** Tests of the whole agent but its probes: enrolled, obeying, scanning, delivering, against a collector on a socket. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKeyPair, POLICY_TYPE, sealEnvelope, sealSecret } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enrolAgent } from '../enrol/enrol.ts'
import { loadAgentKeys } from '../enrol/keys.ts'
import { AGENT, inWords } from '../spool/spool.testkit.ts'
import { readSpoolSummary } from '../spool/summary.ts'
import { openStateDirectory, type StatePaths } from '../state/directory.ts'
import { lockState } from '../state/lock.ts'
import { TestCollector } from '../uplink/collector.testkit.ts'
import { endless, policy, segment, twoDevices } from './run-agent.testkit.ts'
import { runAgent, type AgentEvent, type AgentOptions } from './run-agent.ts'

const TOKEN = 'a-token-that-is-long-enough'

let directory = ''
let paths: StatePaths
let collector: TestCollector
let url = ''
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ophav-agent-'))
  paths = openStateDirectory(join(directory, 'state'))
  collector = new TestCollector()
  collector.agent = AGENT
  collector.token = TOKEN
  url = await collector.listen()
})
afterEach(async () => {
  await collector.close()
  rmSync(directory, { recursive: true, force: true })
})

const enrol = (options: { replace?: boolean; token?: string; collectorFingerprint?: string } = {}) =>
  enrolAgent({ paths, collector: url, token: TOKEN, name: 'test', version: '0', ...options })

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

const types = (events: AgentEvent[]) => events.map((event) => event.type)

test('an enrolled agent scans what the policy names and delivers it', async () => {
  const { status, collectorFingerprint } = await enrol()
  expect(status).toBe('approved')
  expect(collectorFingerprint).toMatch(/^[0-9a-f]{4}(-[0-9a-f]{4}){7}$/)
  collector.policy = policy(1, [segment('kamera'), segment('kontor')])
  await run()
  expect(collector.entries.map((entry) => `${entry.segment} ${inWords(entry)}`)).toEqual([
    'kamera observation 10.0.0.1 a',
    'kamera observation 10.0.0.2 a',
    'kamera coverage',
    'kontor observation 10.0.0.1 a',
    'kontor observation 10.0.0.2 a',
    'kontor coverage',
  ])
  await run()
  expect(collector.entries.slice(6).map((entry) => entry.type)).toEqual([
    'presence',
    'presence',
    'coverage',
    'presence',
    'presence',
    'coverage',
  ])
})

test('keys and state are for the agent alone, and the keys stay the same', async () => {
  await enrol()
  const [key, age] = [readFileSync(paths.signingKey, 'utf8'), readFileSync(paths.sealIdentity, 'utf8')]
  for (const file of [paths.signingKey, paths.sealIdentity, paths.enrolment])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  await enrol({ replace: true })
  expect([readFileSync(paths.signingKey, 'utf8'), readFileSync(paths.sealIdentity, 'utf8')]).toEqual([
    key,
    age,
  ])
})

test('enrolment is refused twice, with a wrong token, and by a collector with another key', async () => {
  await expect(enrol({ token: 'another-token-of-some-length' })).rejects.toMatchObject({
    code: 'enrolment.token-invalid',
  })
  await expect(enrol({ collectorFingerprint: '0000-0000' })).rejects.toMatchObject({
    code: 'enrolment.wrong-collector',
  })
  await expect(run()).rejects.toMatchObject({ code: 'agent.not-enrolled' })
  await enrol()
  await expect(enrol()).rejects.toMatchObject({ code: 'enrolment.exists' })
})

test('without a policy no scan begins', async () => {
  await enrol()
  const stop = AbortSignal.timeout(300)
  const events = await run({ signal: stop })
  expect(types(events)).toEqual(['started', 'no-policy'])
  expect(collector.requests).toEqual(['enrolment', 'policy'])
})

test('a policy outlives a restart, its credentials stay sealed on disk', async () => {
  await enrol()
  const { recipient } = await loadAgentKeys(paths)
  const credentials = [{ version: '2c' as const, community: 'hemmelig-nok' }]
  const sealedCredentials = await sealSecret({ kamera: credentials }, recipient)
  collector.policy = policy(1, [segment('kamera')], { sealedCredentials })
  await run()
  expect(readFileSync(paths.policy, 'utf8')).not.toContain('hemmelig')
  await collector.close()
  let seen: unknown = null
  const stop = new AbortController()
  await run({
    signal: stop.signal,
    scan: (of, given, signal) => {
      seen = given
      stop.abort()
      return twoDevices(of, given, signal, null)
    },
  })
  expect(seen).toEqual(credentials)
})

test('a policy of another signer, for another agent or of a lower revision changes nothing', async () => {
  await enrol()
  collector.policy = policy(5, [segment('kamera')])
  await run()
  const held = readFileSync(paths.policy, 'utf8')
  collector.policy = policy(4, [segment('elsewhere')])
  await expect(run()).rejects.toMatchObject({ code: 'policy.rolled-back' })
  collector.policy = policy(6, [segment('elsewhere')], { agent: AGENT.replace('0b', '1b') })
  await expect(run()).rejects.toMatchObject({ code: 'policy.wrong-agent' })
  expect(readFileSync(paths.policy, 'utf8')).toBe(held)
  expect(collector.entries.every((entry) => entry.segment === 'kamera')).toBe(true)
})

test('a kept policy that was tampered with is as good as none', async () => {
  await enrol()
  const forged = sealEnvelope(POLICY_TYPE, policy(1, [segment('kamera')]), createKeyPair().privateKey, 'x')
  writeFileSync(paths.policy, JSON.stringify(forged))
  const events = await run({ signal: AbortSignal.timeout(300) })
  expect(types(events)).toEqual(['policy-problem', 'started', 'no-policy'])
})

test('a segment that is withdrawn stops the scan that is running', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera')])
  const stop = new AbortController()
  const events = await run({
    once: false,
    scan: endless(false),
    signal: stop.signal,
    onEvent: (event) => {
      // The sighting's own receipt carries the newer revision.
      if (event.type === 'scan-started') collector.policy = policy(2, [])
      if (event.type === 'scan-ended') stop.abort()
    },
  })
  expect(types(events)).toEqual([
    'started',
    'no-policy',
    'policy-changed',
    'scan-started',
    'delivered',
    'policy-changed',
    'scan-ended',
  ])
  expect(events.at(-1)).toMatchObject({ stopped: true })
})

test('an agent whose spool was damaged goes on: a new spool, the number that the collector expects, all told again', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera')])
  await run()
  writeFileSync(
    paths.spool,
    'what a failing card leaves of a database, or nothing that resembles one'.repeat(99),
  )
  const events = await run()
  expect(types(events)).toEqual(expect.arrayContaining(['spool-set-aside', 'renumbered']))
  expect(collector.lastSequence).toBe(2)
  expect(collector.entries.slice(3).map(inWords)).toEqual([
    'observation 10.0.0.1 a',
    'observation 10.0.0.2 a',
    'coverage',
  ])
})

test('a stop keeps what was seen, even when the scan does not obey', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera')])
  const stop = new AbortController()
  await run({
    once: false,
    scan: endless(true),
    signal: stop.signal,
    onEvent: (event) => {
      if (event.type === 'scan-started') setTimeout(() => stop.abort(), 50)
    },
  })
  expect(readSpoolSummary(paths.spool)?.observations).toBe(1)
  lockState(paths.lock).release()
})

test('a scan that fails is not the end of the agent, and is not repeated at once', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera'), segment('kontor')])
  const scanned: string[] = []
  const events = await run({
    once: false,
    signal: AbortSignal.timeout(1500),
    scan: (of, credentials, signal) => {
      scanned.push(of.key)
      if (of.key === 'kamera') throw new Error('no such interface')
      return twoDevices(of, credentials, signal, null)
    },
  })
  expect(types(events)).toContain('scan-failed')
  expect(scanned).toEqual(['kamera', 'kontor'])
  // A restart within the interval scans neither again.
  const after = await run({ once: false, signal: AbortSignal.timeout(300) })
  expect(types(after)).not.toContain('scan-started')
})

test('a segment whose policy changed while the agent was down is scanned anew', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera')])
  await run()
  collector.policy = policy(2, [{ ...segment('kamera'), ranges: ['10.0.1.0/24'] }])
  const stop = new AbortController()
  const events = await run({
    once: false,
    signal: stop.signal,
    onEvent: (event) => void (event.type === 'scan-ended' && stop.abort()),
  })
  expect(types(events)).toContain('scan-started')
})

test('a segment whose policy changes is scanned anew', async () => {
  await enrol()
  collector.policy = policy(1, [segment('kamera')])
  const scopes: string[][] = []
  const stop = new AbortController()
  await run({
    once: false,
    signal: stop.signal,
    scan: (of, credentials, signal) => {
      scopes.push(of.ranges)
      if (scopes.length === 2) stop.abort()
      return twoDevices(of, credentials, signal, null)
    },
    onEvent: (event) => {
      if (event.type === 'scan-ended')
        collector.policy = policy(2, [{ ...segment('kamera'), ranges: ['10.0.1.0/24'] }])
    },
  })
  expect(scopes).toEqual([['10.0.0.0/24'], ['10.0.1.0/24']])
})
