/** An organisation overrides identification, with the programs as operators run them while the collector serves. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { forwardsOf, startDevices, type FleetDevice } from '../demo/devices.ts'
import { enrolAgent, runAgentOnce } from '../process/agent.ts'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import { run } from '../process/command.ts'

const SEGMENT = 'kamera'
const directory = mkdtempSync(join(tmpdir(), 'ophav-own-rules-'))
const write = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text)
  return join(directory, name)
}

let collector: RunningCollector
let devices: FleetDevice[] = []
let figures: number[] = []
beforeAll(async () => {
  devices = await startDevices([
    { segment: SEGMENT, recording: 'hikvision-camera', count: 3, from: '10.70.0.1' },
    { segment: SEGMENT, recording: 'axis-camera', count: 2, from: '10.70.0.151' },
  ])
  collector = await startCollector(join(directory, 'collector'))
  const segment = {
    key: SEGMENT,
    name: 'Kameranet',
    purpose: 'camera',
    administration: 'SOF',
    critical: true,
    ranges: ['10.70.0.0/24'],
    pace: 'full',
  }
  const organisation = {
    organisation: { name: 'Prøven', short: 'P' },
    administrations: [{ key: 'SOF', name: 'Socialforvaltningen' }],
    segments: [segment],
  }
  await collector.command(['config', 'apply', write('organisation.yaml', stringify(organisation))])
  await collector.command(['segment', 'approve', SEGMENT])
  await collector.command(['credential', 'add', SEGMENT], { input: '{"version":"2c","community":"public"}' })
  const state = join(directory, 'agent')
  await enrolAgent(collector, { state, segments: [SEGMENT], name: 'a' })
  const forwards = write('forwards.json', JSON.stringify(forwardsOf(devices, SEGMENT)))
  const { code, stderr } = await runAgentOnce(state, ['--port-forwards', forwards], { timeoutMs: 90_000 })
  if (code !== 0) throw new Error(stderr)
}, 180_000)
afterAll(async () => {
  await collector?.stop()
  await Promise.all(devices.map(({ device }) => device.close()))
  rmSync(directory, { recursive: true, force: true })
})

/** As the running server answers. */
async function cameras(): Promise<number> {
  const response = await fetch(`${collector.url}/api/reports/tabel1`)
  const { rows } = (await response.json()) as { rows: { key: string; total: number }[] }
  return rows.find(({ key }) => key === 'surveillance-camera')?.total ?? -1
}

test('rules are tried, taken and withdrawn while the collector serves, and Tabel 1 follows', async () => {
  const rules = write(
    'rules.json',
    JSON.stringify({
      format: 'ophav.rules/1',
      ownership: [{ maker: 'Axis', periods: [{ owner: 'X', country: 'CN', source: 'sag 7' }] }],
    }),
  )
  figures = [await cameras()]
  const preview = await collector.command(['rule', 'diff', rules])
  expect(preview).toMatch(/surveillance-camera +│ SOF +│ 3 +│ 5 /)
  figures.push(await cameras())
  expect(await collector.command(['rule', 'import', rules])).toContain('Version 1 is in force now.')
  figures.push(await cameras())
  expect(await collector.command(['maker', 'show', 'Axis'])).toMatch(
    /Chinese: yes[\s\S]*sag 7[\s\S]*in place of what the catalogue says:\n.*SE/,
  )
  await collector.command(['rule', 'withdraw'])
  figures.push(await cameras())
  expect(figures).toEqual([3, 3, 5, 3])
}, 120_000)

describe('the example of the documentation', () => {
  const page = readFileSync(fileURLToPath(new URL('../../../docs/own-rules.md', import.meta.url)), 'utf8')
  const example = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? ''

  test('is taken without a fault, and identifies what it says', async () => {
    const rules = write('example.yaml', example)
    expect(await collector.command(['rule', 'import', rules])).toContain('is in force now.')
    const lines = [
      { kind: 'model', value: 'NVX-731' },
      { kind: 'http.title', value: 'Porttelefon PT4 - log ind' },
      { kind: 'mac', value: '00:1f:7a:00:00:01' },
      { kind: 'mac', value: '00:50:b6:00:00:01' },
      { kind: 'snmp.sysDescr', value: 'TP-Link router' },
    ].map((piece, id) => JSON.stringify({ id, evidence: [piece] }))
    const input = `${lines.join('\n')}\n`
    const expected = [
      { maker: 'Hikvision', brand: 'Nordvagt', class: 'camera', chinese: 'yes' },
      { maker: 'Hikvision', brand: 'Nordvagt', class: 'door', model: 'PT4' },
      { maker: 'Hikvision', brand: 'Nordvagt' },
      { maker: null, component: null },
      { maker: 'TP-Link', chinese: 'yes' },
    ]
    const read = (text: string) =>
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown)
    expect(read(await collector.command(['identify'], { input }))).toMatchObject(expected)
    const agent = await run('agent', ['identify', '--rules', rules], { input, timeoutMs: 60_000 })
    expect(read(agent.stdout)).toMatchObject(expected)
    await collector.command(['rule', 'withdraw'])
  }, 120_000)

  test('of a message is what the program says', async () => {
    const broken = write('broken.yaml', example.replace('NVX-731', 'NVX-7'))
    const { code, stdout, stderr } = await run('collector', ['rule', 'check', broken], { timeoutMs: 60_000 })
    expect(code).toBe(1)
    expect(stdout).toMatch(
      /^makers\[0\]\.products\.camera\[0\] \(line 13\): The example is not read as the rule says/,
    )
    expect(stderr).toContain('[rule.invalid]')
    expect(page).toContain('makers[0].products.camera[0] (line 13): The example is not read as the rule says')
  }, 60_000)
})
