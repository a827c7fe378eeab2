/** What an enrolled agent costs while it has nothing to do: after it has scanned its segment and delivered. */
import { spawn } from 'node:child_process'
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { enrolAgent } from '../process/agent.ts'
import { startCollector } from '../process/collector.ts'
import { environmentOf } from '../process/command.ts'
import type { Namespace } from '../wire/namespace.ts'
import { usageOf } from './measure.ts'
import { onSegment } from './segment.ts'
import { printRows } from './table.ts'

/** As it is installed: packed. */
const PROGRAM = fileURLToPath(new URL('../../../agent/dist/packed/main.mjs', import.meta.url))

const NETWORK = '10.50.0'
const SEGMENT = {
  key: 'kontor',
  name: 'Kontornet',
  purpose: 'office',
  administration: 'ØKF',
  ranges: [`${NETWORK}.0/24`],
  pace: 'full',
}

/** A scan's memory is given back by then. */
const SETTLE_MS = 20_000
const REST_MS = 20_000
const SCAN_TIMEOUT_MS = 60_000

export async function benchRest(): Promise<void> {
  const crowd = { first: `${NETWORK}.0`, count: 256, percent: 50, recording: 'hikvision-camera' }
  await onSegment({ crowd }, `${NETWORK}.254/24`, measureRest)
}

async function measureRest(namespace: Namespace): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-rest-'))
  const { through } = namespace
  const collector = await startCollector(join(directory, 'collector'), { through })
  try {
    const file = join(directory, 'organisation.yaml')
    writeFileSync(
      file,
      stringify({
        organisation: { name: 'Prøve', short: 'P' },
        administrations: [{ key: 'ØKF', name: 'Økonomiforvaltningen' }],
        segments: [SEGMENT],
      }),
    )
    await collector.command(['config', 'apply', file])
    await collector.command(['segment', 'approve', SEGMENT.key])
    const state = join(directory, 'agent')
    await enrolAgent(collector, { state, segments: [SEGMENT.key], name: 'hvile' }, { through })
    const [command = '', ...words] = [...through, process.execPath, PROGRAM]
    const agent = spawn(command, [...words, 'run', '--state', state, '--log-level', 'info'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: environmentOf(),
    })
    let log = ''
    agent.stdout.setEncoding('utf8').on('data', (text: string) => (log += text))
    agent.stderr.setEncoding('utf8').on('data', (text: string) => (log += text))
    try {
      for (const until = Date.now() + SCAN_TIMEOUT_MS; !/scan-ended|scan ended|scanned/i.test(log);) {
        if (Date.now() > until) throw new Error(`the agent did not scan: ${log.slice(-500)}`)
        await sleep(200)
      }
      await sleep(SETTLE_MS)
      const before = usageOf(agent.pid ?? 0)
      await sleep(REST_MS)
      const after = usageOf(agent.pid ?? 0)
      if (!before || !after) throw new Error('the agent has ended')
      const share = ((after.cpuSeconds - before.cpuSeconds) / REST_MS) * 1000 * 100
      printRows(
        `Agent at rest, after a scan of a /24, over ${REST_MS / 1000} s`,
        ['', 'RSS MB', 'CPU % of a core'],
        [['ophav-agent run', residentMb(agent.pid ?? 0).toFixed(0), share.toFixed(2)]],
      )
      process.stdout.write(`while it scanned: ${after.rssMb.toFixed(0)} MB at most\n\n`)
    } finally {
      agent.kill('SIGTERM')
    }
  } finally {
    await collector.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}

/** proc(5), VmRSS in kB. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
