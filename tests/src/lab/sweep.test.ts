/** The sweeps on links of their own: more hosts than the kernel keeps neighbours, hosts behind a router, IPv6. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseIpv4 } from '@ophav/shared'
import { afterEach, describe, expect, test } from 'vitest'
import { run } from '../process/command.ts'
import { connect, Namespace, namespaceObstacle } from '../wire/namespace.ts'
import { startSimulator } from '../wire/order.ts'
import { crowdAddresses } from '../wire/population.ts'

const obstacle = await namespaceObstacle()

interface Scan {
  devices: { addresses: string[]; probes: string[]; evidence: { kind: string; value: string }[] }[]
  coverage: { probes: { probe: string; rung: string | null; outcomes: Record<string, number> }[] }
}

describe.skipIf(obstacle !== null)('sweeps', () => {
  const namespaces: Namespace[] = []
  afterEach(() => namespaces.splice(0).forEach((namespace) => namespace.end()))

  /** Ours with `seg0`, and the far end of its cable with `seg1`. */
  async function cable(address: string, options: { isMute?: boolean } = {}): Promise<[Namespace, Namespace]> {
    const own = await Namespace.create()
    const far = await Namespace.create(own, options)
    namespaces.push(own, far)
    connect(own, 'seg0', far, 'seg1')
    own.ip('addr', 'add', address, 'dev', 'seg0')
    return [own, far]
  }

  async function scan({ through }: Namespace, range: string, ...probes: string[]): Promise<Scan> {
    const chosen = probes.flatMap((probe) => ['--probe', probe])
    const { stdout } = await run(
      'agent',
      ['scan', range, ...chosen, '--full-speed', '--community', 'public', '--json'],
      { through, timeoutMs: 60_000 },
    )
    return JSON.parse(stdout) as Scan
  }

  const seenBy = ({ devices }: Scan, probe: string): string[] =>
    devices.flatMap(({ addresses, probes }) => (probes.includes(probe) ? addresses : [])).sort()

  test('more hosts than the kernel keeps neighbours are all asked, and its table stays empty', async () => {
    const [own, far] = await cable('10.50.15.254/20', { isMute: true })
    const crowd = { first: '10.50.0.0', count: 4_096, percent: 50, recording: 'hikvision-camera' }
    const isOther = (address: string): boolean => address !== '10.50.15.254'
    const alive = crowdAddresses({ ...crowd, first: parseIpv4(crowd.first) ?? 0 })
      .filter(isOther)
      .sort()
    // gc_thresh3 of arp(7) is 1,024.
    expect(alive.length).toBeGreaterThan(1_500)
    const simulator = await startSimulator(far, { interfaceName: 'seg1', crowd })
    try {
      const found = await scan(own, '10.50.0.0/20', 'arp', 'snmp-sweep')
      expect(seenBy(found, 'arp').filter(isOther)).toEqual(alive)
      expect(seenBy(found, 'snmp-sweep').filter(isOther)).toEqual(alive)
      expect(found.coverage.probes.map(({ rung }) => rung)).toEqual([
        'raw frames',
        expect.stringContaining('raw frames'),
      ])
      const neighbours = own.ip('-4', 'neighbour', 'show', 'dev', 'seg0').trim().split('\n')
      expect(neighbours.filter((line) => !line.includes('FAILED')).length).toBeLessThan(64)
    } finally {
      await simulator.stop()
    }
  }, 120_000)

  test('hosts behind a router are found by their echo, those on the link are left to ARP', async () => {
    const [own, router] = await cable('10.50.0.1/24')
    router.ip('addr', 'add', '10.50.0.2/24', 'dev', 'seg1')
    for (const host of ['10.60.1.7', '10.60.1.9']) router.ip('addr', 'add', `${host}/32`, 'dev', 'lo')
    own.ip('route', 'add', '10.60.1.0/28', 'via', '10.50.0.2')
    const routed = await scan(own, '10.60.1.0/28', 'arp', 'icmp-echo')
    expect(seenBy(routed, 'icmp-echo')).toEqual(['10.60.1.7', '10.60.1.9'])
    expect(routed.coverage.probes.at(-1)).toMatchObject({
      rung: 'raw socket',
      outcomes: { answered: 2, 'timed-out': 14 },
    })
    const onLink = await scan(own, '10.50.0.0/29', 'arp', 'icmp-echo')
    expect(seenBy(onLink, 'arp')).toEqual(['10.50.0.1', '10.50.0.2'])
    expect(seenBy(onLink, 'icmp-echo')).toEqual([])
  }, 120_000)

  test('a host is found over IPv6 with all its addresses of the link', async () => {
    const [own, far] = await cable('10.50.0.1/24')
    own.ip('addr', 'add', '2001:db8:0:1::1/64', 'dev', 'seg0', 'nodad')
    far.ip('addr', 'add', '2001:db8:0:1::7/64', 'dev', 'seg1', 'nodad')
    const mac = /link\/ether (\S+)/.exec(far.ip('link', 'show', 'dev', 'seg1'))?.[1]
    for (let tries = 0; tries < 50 && far.ip('-6', 'addr').includes('tentative'); tries++) await sleep(100)
    // A further address that this machine knows, though not whether it is still right.
    const known = ['2001:db8:0:1::7', 'lladdr', mac ?? '', 'dev', 'seg0', 'nud', 'stale']
    own.ip('-6', 'neighbour', 'replace', ...known)
    const [, device] = (await scan(own, '10.50.0.0/29', 'arp', 'ipv6-neighbour')).devices
    expect(device?.addresses[0]).toMatch(/^fe80::/)
    expect(device?.evidence).toContainEqual({ kind: 'mac', value: mac })
    expect(device?.evidence).toContainEqual({ kind: 'ipv6.address', value: '2001:db8:0:1::7' })
  }, 120_000)
})
