/** Real agents on the lab's segments, a collector in its server zone: what they find is what is there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { V3_CREDENTIAL } from '../lab/daemon.ts'
import { labObstacle, startLab, type Lab } from '../lab/lab.ts'
import { AGENT_HOST, EXCLUDED_HOST, SEGMENTS, type LabDevice } from '../lab/plan.ts'
import { enrolAgent, runAgentOnce } from '../process/agent.ts'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import type { Finished } from '../process/command.ts'
import type { SimulatorTally } from '../wire/order.ts'

const obstacle = await labObstacle()
if (obstacle !== null) process.stderr.write(`skipped, the lab: ${obstacle}\n`)
// On the machine that decides whether a change is good, a test that does not run is a test that fails.
test.runIf(process.env['CI'] === 'true')('the lab can be built here', () => expect(obstacle).toBeNull())

interface DeviceRow {
  address: string | null
  segment: string | null
  maker: string | null
  class: string | null
  name: string | null
}

interface Tabel1 {
  rows: { key: string; total: number; perAdministration: { administration: string; count: number }[] }[]
}

describe.skipIf(obstacle !== null)('agents in the lab', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-lab-'))
  let lab: Lab
  let collector: RunningCollector
  let rows: DeviceRow[] = []
  let tabel1: Tabel1
  let tallies: Record<string, SimulatorTally> = {}
  const runs: Finished[] = []

  beforeAll(async () => {
    lab = await startLab(directory)
    collector = await startCollector(join(directory, 'collector'), {
      listen: `${lab.serverAddress}:0`,
      through: lab.server.through,
    })
    const file = join(directory, 'organisation.yaml')
    writeFileSync(file, stringify(configuration()))
    await collector.command(['config', 'apply', file])
    for (const { key } of SEGMENTS) {
      await collector.command(['segment', 'approve', key])
      for (const credential of [{ version: '2c', community: 'public' }, V3_CREDENTIAL])
        await collector.command(['credential', 'add', key], { input: JSON.stringify(credential) })
    }
    await Promise.all(SEGMENTS.map(({ key }) => observe(key)))
    rows = (await collector.command(['devices', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DeviceRow)
    tabel1 = JSON.parse(await collector.command(['report', 'tabel1', '--format', 'json'])) as Tabel1
    await collector.stop()
    tallies = await lab.stop()
  }, 180_000)

  afterAll(async () => {
    await collector?.stop()
    await lab?.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  async function observe(segment: string): Promise<void> {
    const { through } = lab.agentPlace(segment)
    const state = join(directory, `agent-${segment}`)
    await enrolAgent(collector, { state, segments: [segment], name: segment }, { through })
    runs.push(await runAgentOnce(state, [], { through, timeoutMs: 150_000 }))
  }

  const inScope = (): LabDevice[] =>
    lab.devices.filter(({ address }) => !address.endsWith(`.${EXCLUDED_HOST}`))
  const rowOf = ({ segment, address }: LabDevice) =>
    rows.find((row) => row.segment === segment && row.address === address)

  test('every agent ends well', () => {
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      SEGMENTS.map(() => ({ code: 0, stderr: '' })),
    )
  })

  test('each device of the list is found, and nothing else but the agents themselves', () => {
    const found = rows.map(({ segment, address }) => `${segment} ${address}`).sort()
    const own = SEGMENTS.map(({ key, network }) => `${key} ${network}.${AGENT_HOST}`)
    expect(found).toEqual(
      [...inScope().map(({ segment, address }) => `${segment} ${address}`), ...own].sort(),
    )
  })

  test('each maker and class is named as the list has it, and left open where it cannot be known', () => {
    const said = inScope().map((device) => ({
      address: device.address,
      maker: rowOf(device)?.maker ?? null,
      class: rowOf(device)?.class ?? null,
    }))
    expect(said).toEqual(
      inScope().map(({ address, maker, class: named }) => ({ address, maker, class: named })),
    )
  })

  test('a host without IPv4 is found at the address that it gives itself', () => {
    const host = lab.devices.find(({ from }) => 'kernel' in from)
    expect(host && rowOf(host)).toMatchObject({ address: 'fe80::20d:b9ff:fe11:2237', maker: 'PC Engines' })
  })

  test('a device that opens to SNMPv3 alone is opened with its credential', () => {
    const closed = lab.devices.find(({ from }) => 'daemon' in from && from.daemon === 'snmpd-v3')
    expect(closed && rowOf(closed)?.name).toBe('lukket-server')
  })

  test('Tabel 1 counts the Chinese ones, by administration', () => {
    const counts = tabel1.rows.flatMap(({ key, perAdministration }) =>
      perAdministration.map(({ administration, count }) => `${key} ${administration} ${count}`),
    )
    expect(counts).toEqual([
      'video-console ØKF 7',
      'surveillance-camera SOF 19',
      'traffic-camera TMF 8',
      'router ØKF 2',
    ])
  })

  test('no packet goes outside a scope, to an excluded address, or to a port that prints', () => {
    for (const { key, network } of SEGMENTS) {
      const destinations = Object.keys(tallies[key]?.destinations ?? {}).map((line) => line.split(' '))
      expect(destinations.length).toBeGreaterThan(250)
      for (const [protocol = '', address = '', port = ''] of destinations) {
        const isGroup = address === '224.0.0.251' || address === '224.0.0.22'
        expect(isGroup || address.startsWith(`${network}.`) || `${protocol} to ${address}`).toBe(true)
        expect(address).not.toBe(`${network}.${EXCLUDED_HOST}`)
        // RFC 1179 and raw printing, over TCP.
        expect(protocol === 'ip6' && ['515', '9100'].includes(port)).toBe(false)
      }
    }
  })
})

const configuration = () => ({
  organisation: { name: 'Laboratoriet', short: 'LAB' },
  administrations: [
    { key: 'ØKF', name: 'Økonomiforvaltningen' },
    { key: 'SOF', name: 'Socialforvaltningen' },
    { key: 'TMF', name: 'Teknik- og Miljøforvaltningen' },
  ],
  segments: SEGMENTS.map(({ key, name, purpose, administration, network }) => ({
    key,
    name,
    purpose,
    administration,
    critical: true,
    ranges: [`${network}.0/24`],
    exclusions: [`${network}.${EXCLUDED_HOST}`],
    pace: 'full',
  })),
})
