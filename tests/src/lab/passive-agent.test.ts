/** The service on a passive segment, a flood, and an agent without privilege: nothing is sent on any of them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enrolAgent, runAgentOnce } from '../process/agent.ts'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import { run, type Finished } from '../process/command.ts'
import { Namespace } from '../wire/namespace.ts'
import { labObstacle, makeSwitch, plug } from './lab.ts'

const obstacle = await labObstacle()
if (obstacle !== null) process.stderr.write(`skipped, the passive agent in the lab: ${obstacle}\n`)

const CAMERA = '44:19:b6:11:22:38'
const SERVER = '10.99.0.1'

interface Heard {
  coverage: { probes: { probe: string; rung: string | null; notChecked?: string }[] }
  devices: { addresses: string[]; mac: string }[]
}

describe.skipIf(obstacle !== null)('an agent on a passive segment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-passive-agent-'))
  const namespaces: Namespace[] = []
  let agent: Namespace
  let camera: Namespace
  let collector: RunningCollector

  beforeAll(async () => {
    const create = async () => {
      const namespace = await Namespace.create(namespaces[0] ?? null)
      namespaces.push(namespace)
      return namespace
    }
    const server = await create()
    makeSwitch(server)
    server.ip('addr', 'add', `${SERVER}/24`, 'dev', 'br0')
    const network = await create()
    makeSwitch(network)
    agent = await create()
    // What the kernel itself sends when IPv6 comes up is not the agent's.
    agent.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6')
    plug(network, agent, 'seg0', 'agent', '10.41.0.254/24')
    plug(server, agent, 'up0', 'agent', '10.99.0.11/24')
    camera = await create()
    plug(network, camera, 'eth0', 'camera', '192.168.1.64/24', CAMERA)
    // It looks for its gateway, which is not there, again and again: the kernel asks three times with ARP for each word.
    const words = 'for i in $(seq 100); do echo > /dev/udp/192.168.1.1/9; sleep 1; done'
    camera.run('sh', '-c', `nohup bash -c '${words}' >/dev/null 2>&1 &`)
    collector = await startCollector(join(directory, 'collector'), {
      listen: `${SERVER}:0`,
      through: server.through,
    })
    const add = ['segment', 'add', 'kamera', '--range', '10.41.0.0/24', '--passive', '--every', '10s']
    await collector.command(add)
    await collector.command(['segment', 'approve', 'kamera'])
  }, 60_000)

  afterAll(async () => {
    await collector?.stop()
    for (const namespace of namespaces.toReversed()) namespace.end()
    rmSync(directory, { recursive: true, force: true })
  })

  const sent = (name: string): number => {
    const [link] = JSON.parse(agent.ip('-j', '-s', 'link', 'show', 'dev', name)) as {
      stats64: { tx: { packets: number } }
    }[]
    return link?.stats64.tx.packets ?? -1
  }

  test('the service reports the camera of another network to the collector, and sends nothing to the segment', async () => {
    const before = sent('seg0')
    const state = join(directory, 'agent')
    await enrolAgent(collector, { state, segments: ['kamera'], name: 'kamera' }, { through: agent.through })
    const { code, stderr } = await runAgentOnce(state, [], { through: agent.through, timeoutMs: 60_000 })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const rows = (await collector.command(['devices', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { address: string; segment: string; maker: string | null })
    expect(rows).toContainEqual(
      expect.objectContaining({ address: '192.168.1.64', segment: 'kamera', maker: 'Hikvision' }),
    )
    expect(sent('seg0') - before).toBe(0)
    // The counter counts: the way to the collector is another.
    expect(sent('up0')).toBeGreaterThan(10)
  }, 90_000)

  test('a flood of made-up senders fills the table and nothing else, and the coverage says so', async () => {
    const before = sent('seg0')
    let isListening = () => {}
    const ready = new Promise<void>((resolve) => (isListening = resolve))
    const listening = run('agent', ['listen', '--json', '--interface', 'seg0', '--seconds', '8'], {
      through: agent.through,
      timeoutMs: 60_000,
      onStderr: (text) => text.includes('Listening') && isListening(),
    })
    await Promise.race([ready, listening])
    // The camera speaks once a second: it is known before the flood begins.
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    const flood = fileURLToPath(new URL('./flood.ts', import.meta.url))
    const [command = '', ...rest] = [
      ...camera.through,
      process.execPath,
      '--conditions=source',
      '--import',
      import.meta.resolve('tsx'),
      flood,
      'eth0',
      '3',
    ]
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    let flooded = ''
    child.stdout.on('data', (chunk: Buffer) => (flooded += chunk.toString()))
    await once(child, 'close')
    const { code, stdout } = await listening
    expect(code).toBe(0)
    expect(Number(flooded)).toBeGreaterThan(20_000)
    const heard = JSON.parse(stdout) as Heard
    expect(heard.devices.find(({ mac }) => mac === CAMERA)?.addresses).toContain('192.168.1.64')
    expect(heard.devices.length).toBeLessThanOrEqual(16_384)
    const note = heard.coverage.probes.find(({ probe }) => probe === 'arp-listen')?.notChecked
    expect(note).toMatch(/table of 16384 senders is full: \d+ packets/)
    expect(sent('seg0') - before).toBe(0)
  }, 90_000)

  test.each([
    [[], 0],
    [['--promiscuous'], 1],
  ])(
    'the card takes in frames for others only when a person says so: %j',
    async (options, promiscuity) => {
      let isListening = () => {}
      const ready = new Promise<void>((resolve) => (isListening = resolve))
      const listening = run(
        'agent',
        ['listen', '--json', '--interface', 'seg0', '--seconds', '2', ...options],
        {
          through: agent.through,
          timeoutMs: 60_000,
          onStderr: (text) => text.includes('Listening') && isListening(),
        },
      )
      await ready
      const [link] = JSON.parse(agent.ip('-j', '-d', 'link', 'show', 'dev', 'seg0')) as {
        promiscuity: number
      }[]
      expect(link?.promiscuity).toBe(promiscuity)
      expect((await listening).code).toBe(0)
    },
    60_000,
  )

  test('without the privilege for frames little is heard, each probe says why, and nothing is sent', async () => {
    const before = sent('seg0')
    const listening: Finished = await run(
      'agent',
      ['listen', '--json', '--interface', 'seg0', '--seconds', '3'],
      {
        // The same user without any capability: another could not even read a checkout that is closed to others.
        through: [...agent.through, 'setpriv', '--bounding-set', '-all', '--inh-caps', '-all'],
        timeoutMs: 60_000,
      },
    )
    // Not everything could be heard.
    expect(listening.code).toBe(3)
    const { probes } = (JSON.parse(listening.stdout) as Heard).coverage
    const rungs = Object.fromEntries(probes.map(({ probe, rung }) => [probe, rung]))
    expect(rungs).toMatchObject({
      'arp-listen': 'neighbour table',
      'mdns-listen': null,
      'ssdp-listen': null,
      'lldp-listen': null,
      'mndp-listen': 'datagrams',
    })
    for (const { notChecked } of probes) expect(notChecked).toContain('no raw frames on seg0 (permission)')
    expect(sent('seg0') - before).toBe(0)
  }, 60_000)
})
