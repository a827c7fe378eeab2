/** Agent and collector killed in the middle of ingest, again and again: the counts are those of a quiet run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { forwardsOf, startDevices, type FleetDevice } from '../demo/devices.ts'
import type { DeviceGroup } from '../demo/fleet.ts'
import { enrolAgent } from '../process/agent.ts'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import { run, start } from '../process/command.ts'

/** Ten of each. */
const KILLS = Number(process.env['KILL_ROUNDS'] ?? 20)
const SEGMENT = 'kamera'

const GROUPS: readonly DeviceGroup[] = [
  { segment: SEGMENT, recording: 'hikvision-camera', count: 60, from: '10.70.0.1' },
  { segment: SEGMENT, recording: 'dahua-camera', count: 40, from: '10.70.0.101' },
  { segment: SEGMENT, recording: 'axis-camera', count: 30, from: '10.70.0.151' },
]

const CONFIGURATION = {
  organisation: { name: 'Prøven', short: 'P' },
  administrations: [{ key: 'SOF', name: 'Socialforvaltningen' }],
  segments: [
    {
      key: SEGMENT,
      name: 'Kameranet',
      purpose: 'camera',
      administration: 'SOF',
      critical: true,
      ranges: ['10.70.0.0/24'],
      pace: 'full',
    },
  ],
}

const directory = mkdtempSync(join(tmpdir(), 'ophav-kill-'))
let devices: FleetDevice[] = []
afterAll(async () => {
  await Promise.all(devices.map(({ device }) => device.close()))
  rmSync(directory, { recursive: true, force: true })
})

interface Stage {
  data: string
  state: string
  forwards: string
  listen: string
  collector: RunningCollector
}

async function prepare(name: string): Promise<Stage> {
  const data = join(directory, `${name}-collector`)
  const state = join(directory, `${name}-agent`)
  const forwards = join(directory, 'forwards.json')
  const file = join(directory, 'organisation.yaml')
  writeFileSync(forwards, JSON.stringify(forwardsOf(devices, SEGMENT)))
  writeFileSync(file, stringify(CONFIGURATION))
  const collector = await startCollector(data)
  await collector.command(['config', 'apply', file])
  await collector.command(['segment', 'approve', SEGMENT])
  await collector.command(['credential', 'add', SEGMENT], { input: '{"version":"2c","community":"public"}' })
  await enrolAgent(collector, { state, segments: [SEGMENT], name })
  return { data, state, forwards, listen: new URL(collector.url).host, collector }
}

const parameters = ({ state, forwards }: Stage): string[] => [
  'run',
  '--state',
  state,
  '--port-forwards',
  forwards,
  '--log-level',
  'silent',
]

/** Everything that is counted, and the devices themselves. */
async function outcome({ collector }: Stage): Promise<{ tabel1: unknown; devices: string[] }> {
  const tabel1 = JSON.parse(await collector.command(['report', 'tabel1', '--format', 'json'])) as {
    rows: unknown
  }
  const rows = (await collector.command(['devices', '--json'])).trim().split('\n')
  const lines = rows.map((line) => {
    const { address, maker, model, serial, class: named } = JSON.parse(line) as Record<string, string | null>
    return [address, maker, model, serial, named].join(' ')
  })
  return { tabel1: tabel1.rows, devices: lines.sort() }
}

async function finish(stage: Stage): Promise<void> {
  const { code, stderr } = await run('agent', [...parameters(stage), '--once'], { timeoutMs: 120_000 })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
}

/** A spread of moments from the first packet to the last batch, the same in every run. */
const moment = (round: number): number => 1_500 + ((round * 1_237) % 3_000)

test(`after ${KILLS} kills of agent and collector the counts are those of a quiet run`, async () => {
  devices = await startDevices(GROUPS)
  const quiet = await prepare('quiet')
  await finish(quiet)
  const expected = await outcome(quiet)
  await quiet.collector.stop()
  expect(expected.devices).toHaveLength(130)

  const stage = await prepare('killed')
  for (let round = 0; round < KILLS; round++) {
    const agent = start('agent', [...parameters(stage), '--once'])
    agent.stdin?.end()
    const gone = new Promise((resolve) => agent.once('close', resolve))
    await sleep(moment(round))
    if (round % 2 === 0) {
      agent.kill('SIGKILL')
    } else {
      await stage.collector.kill()
      stage.collector = await startCollector(stage.data, { listen: stage.listen })
      agent.kill('SIGKILL')
    }
    await gone
  }
  const before = (await outcome(stage)).devices.length
  expect(before).toBeGreaterThan(0)
  await finish(stage)
  expect(await outcome(stage)).toEqual(expected)
  await stage.collector.stop()
}, 240_000)
