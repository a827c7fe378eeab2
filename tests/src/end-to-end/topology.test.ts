/** A segment with a real bridge and a real router behind snmpd: who answers nothing is found through them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { startSnmpd, switchLines, type RunningDaemon } from '../lab/daemon.ts'
import { labObstacle, makeSwitch, plug } from '../lab/lab.ts'
import { enrolAgent, runAgentOnce } from '../process/agent.ts'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import { run, type Finished } from '../process/command.ts'
import { Namespace } from '../wire/namespace.ts'
import { startSimulator, type RunningSimulator } from '../wire/order.ts'

const obstacle = await labObstacle()
if (obstacle !== null) process.stderr.write(`skipped, the topology: ${obstacle}\n`)
test.runIf(process.env['CI'] === 'true')('the topology can be built here', () => expect(obstacle).toBeNull())

const VLAN = 44
const ROUTER = { address: '10.44.0.1', mac: '00:1b:0d:44:00:01' }
/** Hikvision's cameras by their MACs; neither says a word. */
const UNADDRESSED = 'a4:14:37:44:00:50'
const ADDRESSED = { address: '10.44.0.60', mac: 'a4:14:37:44:00:60' }

interface DeviceRow {
  id: number
  address: string | null
  maker: string | null
  name: string | null
  seenBy: string
  switch: string | null
  port: string | null
  vlan: number | null
  vlanName: string | null
  segment: string | null
}

describe.skipIf(obstacle !== null)('a switch and a router that speak SNMP', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-topology-'))
  const namespaces: Namespace[] = []
  const daemons: RunningDaemon[] = []
  let simulator: RunningSimulator
  let collector: RunningCollector
  let ran: Finished
  let scanned: Finished
  let rows: DeviceRow[] = []

  const create = async () => {
    const namespace = await Namespace.create(namespaces[0] ?? null)
    // Devices here are played over IPv4: a namespace's own kernel would be one more host of IPv6.
    namespace.run('bash', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6')
    namespace.run('bash', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6')
    namespaces.push(namespace)
    return namespace
  }
  /** Says one word, so that the bridge learns where it is, and drops everything from then on. */
  async function plugSilent(network: Namespace, port: string, mac: string): Promise<void> {
    const host = await create()
    plug(network, host, 'eth0', port, '10.44.0.99/24', mac)
    host.ip('link', 'set', 'eth0', 'arp', 'off')
    host.ip('neigh', 'add', ROUTER.address, 'lladdr', ROUTER.mac, 'dev', 'eth0', 'nud', 'permanent')
    host.run('bash', '-c', `echo > /dev/udp/${ROUTER.address}/9`)
    host.ip('addr', 'flush', 'dev', 'eth0')
  }

  beforeAll(async () => {
    const network = await create()
    makeSwitch(network)
    network.ip('addr', 'add', '10.44.0.250/24', 'dev', 'br0')
    const agent = await create()
    plug(network, agent, 'seg0', 'agent', '10.44.0.254/24')
    const router = await create()
    plug(network, router, 'eth0', 'router', `${ROUTER.address}/24`, ROUTER.mac)
    router.run('bash', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
    const camera = await create()
    plug(network, camera, 'eth0', 'camera', '10.44.0.10/24', '44:19:b6:44:00:10')
    await plugSilent(network, 'silent1', UNADDRESSED)
    await plugSilent(network, 'silent2', ADDRESSED.mac)
    const { address, mac } = ADDRESSED
    router.ip('neigh', 'add', address, 'lladdr', mac, 'dev', 'eth0', 'nud', 'permanent')
    const wall = await create()
    plug(network, wall, 'eth0', 'played', null)
    simulator = await startSimulator(wall, {
      interfaceName: 'eth0',
      devices: [{ address: '10.44.0.20', recording: 'cisco-switch' }],
    })
    daemons.push(
      await startSnmpd(network, '10.44.0.250', join(directory, 'switch'), [
        ...switchLines('br0', VLAN),
        'sysName sw-etage-1',
      ]),
      await startSnmpd(router, ROUTER.address, join(directory, 'router'), [
        'rocommunity public',
        'sysName router-1',
      ]),
    )
    await warmUp(network)

    collector = await startCollector(join(directory, 'collector'), { through: agent.through })
    const file = join(directory, 'organisation.yaml')
    writeFileSync(file, stringify(configuration))
    await collector.command(['config', 'apply', file])
    await collector.command(['segment', 'approve', 'kamera'])
    await collector.command(['credential', 'add', 'kamera'], {
      input: JSON.stringify({ version: '2c', community: 'public' }),
    })
    const state = join(directory, 'agent')
    const options = { through: agent.through }
    await enrolAgent(collector, { state, segments: ['kamera'], name: 'agent' }, options)
    ran = await runAgentOnce(state, [], { ...options, timeoutMs: 120_000 })
    rows = (await collector.command(['devices', '--json']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as DeviceRow)
    const parameters = ['scan', '10.44.0.0/24', '--community', 'public', '--full-speed']
    scanned = await run('agent', parameters, { ...options, timeoutMs: 60_000 })
  }, 180_000)

  afterAll(async () => {
    await collector?.stop()
    await simulator?.stop()
    for (const daemon of daemons) await daemon.stop()
    for (const namespace of namespaces.toReversed()) namespace.end()
    rmSync(directory, { recursive: true, force: true })
  })

  /** The program behind `pass_persist` starts with the first question. */
  async function warmUp(network: Namespace): Promise<void> {
    for (let attempt = 0; attempt < 20; attempt++) {
      try {
        const parameters = [
          '-v2c',
          '-c',
          'public',
          '-On',
          '-t',
          '2',
          '-r',
          '0',
          '10.44.0.250',
          '1.3.6.1.2.1.17.1.2.0',
        ]
        if (network.run('snmpget', ...parameters).includes('INTEGER')) return
      } catch {
        await sleep(200)
      }
    }
    throw new Error('the switch did not answer')
  }

  const at = (port: string) => rows.find((row) => row.port === port)
  const KAMERA = { switch: 'sw-etage-1', vlan: VLAN, vlanName: 'kamera', segment: 'kamera' }

  test('let the scan end well', () => {
    expect(ran).toMatchObject({ code: 0, stderr: '' })
  })

  test('give a silent device its port and VLAN, and its maker by its MAC', () => {
    expect(at('silent1')).toMatchObject({ ...KAMERA, address: null, seenBy: 'network', maker: 'Hikvision' })
  })

  test('give a silent device the address that the router has', () => {
    expect(at('silent2')).toMatchObject({ ...KAMERA, address: ADDRESSED.address, seenBy: 'network' })
  })

  test('give those who answer their ports as well', () => {
    expect(at('camera')).toMatchObject({ ...KAMERA, address: '10.44.0.10', seenBy: 'probe' })
    expect(at('router')).toMatchObject({ ...KAMERA, address: ROUTER.address, name: 'router-1' })
    expect(at('agent')).toMatchObject({ ...KAMERA, address: '10.44.0.254' })
  })

  test('make nobody known but those who are there', () => {
    expect(rows.map(({ address }) => address ?? 'none').sort()).toEqual(
      ['10.44.0.1', '10.44.0.10', '10.44.0.20', '10.44.0.250', '10.44.0.254', '10.44.0.60', 'none'].sort(),
    )
  })

  test('that are played from a recording tell their links', async () => {
    const played = rows.find(({ address }) => address === '10.44.0.20')
    const shown = await collector.command(['device', 'show', String(played?.id), '--json'])
    // The bridge sees another switch there: what is behind the port hangs elsewhere, and so does the switch.
    expect(JSON.parse(shown)).toMatchObject({
      port: null,
      links: [
        { protocol: 'cdp', port_name: 'Gi1/0/3', name: 'SEP0004F2700004' },
        { protocol: 'lldp', port_name: 'Te1/0/2', name: 'sw-kerne', remote_port: 'Te1/1/7' },
      ],
    })
    expect(await collector.command(['device', 'show', String(at('silent1')?.id)])).toContain('silent1')
    expect(await collector.command(['devices'])).toContain(`sw-etage-1 silent1 VLAN ${VLAN} *`)
  }, 120_000)

  test('show in a technician’s scan what they show on the collector', () => {
    expect(scanned.code).toBe(0)
    expect(scanned.stdout).toMatch(new RegExp(`${UNADDRESSED}.*sw-etage-1 silent1 VLAN ${VLAN} \\*`))
    expect(scanned.stdout).toMatch(new RegExp(`10\\.44\\.0\\.60 .*sw-etage-1 silent2 VLAN ${VLAN} \\*`))
    expect(scanned.stderr).toContain('2 answered nothing: routers and switches know them')
    expect(scanned.stderr).toContain('Routers list 1 here that said nothing: 10.44.0.60.')
  })
})

const configuration = {
  organisation: { name: 'Laboratoriet', short: 'LAB' },
  administrations: [{ key: 'SOF', name: 'Socialforvaltningen' }],
  segments: [
    {
      key: 'kamera',
      name: 'Kameranet',
      purpose: 'camera',
      administration: 'SOF',
      critical: true,
      ranges: ['10.44.0.0/24'],
      pace: 'full',
    },
  ],
}
