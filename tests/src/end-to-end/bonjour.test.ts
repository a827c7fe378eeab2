/** The agent beside bonjour-service, with which JavaScript programs publish themselves: on a cable of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { environmentOf, run } from '../process/command.ts'
import { connect, Namespace, namespaceObstacle } from '../wire/namespace.ts'

const obstacle = await namespaceObstacle()
if (obstacle !== null) process.stderr.write(`skipped, bonjour: ${obstacle}\n`)

describe.skipIf(obstacle !== null)('a speaker that publishes itself with bonjour-service', () => {
  const namespaces: Namespace[] = []
  let speaker: ChildProcess | null = null

  beforeAll(async () => {
    const agent = await Namespace.create()
    namespaces.push(agent)
    const host = await Namespace.create(agent)
    namespaces.push(host)
    connect(agent, 'seg0', host, 'eth0')
    agent.ip('addr', 'add', '10.43.0.254/24', 'dev', 'seg0')
    host.ip('addr', 'add', '10.43.0.203/24', 'dev', 'eth0')
    const program = fileURLToPath(new URL('../lab/bonjour.ts', import.meta.url))
    const [command = '', ...rest] = [
      ...host.through,
      process.execPath,
      '--import',
      import.meta.resolve('tsx'),
      program,
      '10.43.0.203',
    ]
    speaker = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], env: environmentOf() })
    if (speaker.stdout) await once(speaker.stdout, 'data')
    await sleep(200)
  })
  afterAll(async () => {
    speaker?.kill('SIGKILL')
    for (const namespace of namespaces) namespace.end()
  })

  test('is heard and named', async () => {
    const probes = ['--probe', 'arp', '--probe', 'mdns', '--full-speed', '--json']
    const { stdout } = await run('agent', ['scan', '10.43.0.200-10.43.0.210', ...probes], {
      through: namespaces[0]?.through ?? [],
      timeoutMs: 60_000,
    })
    const { devices } = JSON.parse(stdout) as { devices: { identity: Record<string, unknown> }[] }
    expect(devices.map(({ identity }) => identity)).toMatchObject([
      { maker: 'Sonos', class: 'speaker', name: 'Sonos-000E58112237' },
    ])
  })
})
