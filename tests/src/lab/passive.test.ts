/** Passive mode among real programs: all that speak are heard, and the agent's interface sends nothing at all. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { run, type Finished } from '../process/command.ts'
import { Namespace } from '../wire/namespace.ts'
import { findProgram, startDaemon, type RunningDaemon } from './daemon.ts'
import { labObstacle, makeSwitch, plug } from './lab.ts'

const missing = ['lldpd', 'udhcpc'].filter((name) => findProgram(name) === null)
const obstacle = (await labObstacle()) ?? (missing.length > 0 ? `not installed: ${missing.join(', ')}` : null)
if (obstacle !== null) process.stderr.write(`skipped, passive mode in the lab: ${obstacle}\n`)
test.runIf(process.env['CI'] === 'true')('passive mode can be tried here', () => expect(obstacle).toBeNull())

interface Piece {
  kind: string
  value: string
}
interface Device {
  addresses: string[]
  mac: string
  probes: string[]
  evidence: Piece[]
  identity: { maker: string | null; name: string | null; model: string | null }
}
interface Heard {
  coverage: {
    packetsSent: number
    complete: boolean
    probes: { probe: string; rung: string | null; notChecked?: string }[]
  }
  devices: Device[]
}

const MACS = {
  avahi: 'b8:27:eb:11:22:35',
  dnsmasq: '00:0d:b9:11:22:36',
  client: 'ac:cc:8e:11:22:37',
  factory: '44:19:b6:11:22:38',
  speaker: '00:11:32:11:22:39',
  six: '00:25:90:11:22:3a',
  port: '00:1b:54:11:22:3b',
}
const SECONDS = 15

describe.skipIf(obstacle !== null)('an agent that only listens', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-passive-'))
  const namespaces: Namespace[] = []
  const daemons: RunningDaemon[] = []
  const children: ChildProcess[] = []
  let finished: Finished
  let heard: Heard
  let sentBefore = -1
  let sentAfter = -2

  beforeAll(async () => {
    const create = async () => {
      const namespace = await Namespace.create(namespaces[0] ?? null)
      namespaces.push(namespace)
      return namespace
    }
    const network = await create()
    makeSwitch(network)
    const host = async (name: keyof typeof MACS, address: string | null) => {
      const namespace = await create()
      plug(network, namespace, 'eth0', name, address, MACS[name])
      // Groups have no route of their own where there is no gateway.
      namespace.ip('route', 'add', '224.0.0.0/4', 'dev', 'eth0')
      return namespace
    }
    const agent = await create()
    // What the kernel itself sends when IPv6 comes up is not the agent's.
    agent.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6')
    plug(network, agent, 'seg0', 'agent', '10.41.0.254/24')
    const [avahi, dnsmasq, client, factory, speaker, six] = [
      await host('avahi', '10.41.0.10/24'),
      await host('dnsmasq', '10.41.0.11/24'),
      await host('client', null),
      await host('factory', '192.168.1.64/24'),
      await host('speaker', '10.41.0.14/24'),
      await host('six', '10.41.0.15/24'),
    ]
    const program = (name: string) => findProgram(name) ?? name
    const start = (namespace: Namespace, ...command: string[]) => {
      const [first = '', ...rest] = [...namespace.through, ...command]
      const child = spawn(first, rest, { stdio: 'ignore' })
      children.push(child)
      return child
    }
    network.ip('link', 'set', 'agent', 'address', MACS.port)
    sentBefore = sentBy(agent)
    let isListening = () => {}
    const ready = new Promise<void>((resolve) => (isListening = resolve))
    const listening = run(
      'agent',
      ['listen', '--json', '--interface', 'seg0', '--seconds', String(SECONDS)],
      {
        through: agent.through,
        timeoutMs: 90_000,
        onStderr: (text) => text.includes('Listening') && isListening(),
      },
    )
    await Promise.race([ready, listening])
    daemons.push(await startDaemon('avahi', avahi, '10.41.0.10', join(directory, 'avahi')))
    start(
      dnsmasq,
      program('dnsmasq'),
      '--no-daemon',
      '--conf-file=/dev/null',
      '--port=0',
      '--interface=eth0',
      '--bind-interfaces',
      '--user=root',
      '--pid-file=',
      `--dhcp-leasefile=${join(directory, 'leases')}`,
      '--dhcp-range=10.41.0.100,10.41.0.110,1h',
      '--dhcp-option=3,10.41.0.1',
      '--dhcp-option=6,10.41.0.2',
      '--dhcp-option-force=252,http://10.41.0.3/wpad.dat',
      '--dhcp-option-force=121,10.50.0.0/16,10.41.0.4',
      '--no-ping',
    )
    // One program for each protocol: where it is made to speak CDP without having heard any, it keeps LLDP back.
    for (const protocol of ['', '-ccccc'])
      start(
        network,
        'unshare',
        '-m',
        'sh',
        '-c',
        `mount -t tmpfs tmpfs /run && mkdir -p /run/lldpd && exec ${program('lldpd')} -d ${protocol} -I agent -C agent -S 'Lab switch 9' -u /run/lldpd.socket`,
      )
    await sleep(500)
    const lease = start(
      client,
      program('udhcpc'),
      '-i',
      'eth0',
      '-f',
      '-n',
      '-q',
      '-B',
      '-t',
      '4',
      '-T',
      '1',
      '-s',
      '/bin/true',
      '-V',
      'AXIS,Network Camera,P3225-LV Mk II,9.70.1.5',
      '-x',
      'hostname:axis-accc8e112237',
    )
    const say = (namespace: Namespace, address: string, port: number, octets: string) =>
      namespace.run('bash', '-c', `printf '${octets}' | cat > /dev/udp/${address}/${port} || true`)
    say(factory, '192.168.1.1', 9, 'x')
    // A device that tags its frames itself (IEEE 802.1Q).
    const mac = MACS.speaker.replaceAll(':', '')
    const arp = `08060001080006040001${mac}0a370009${'00'.repeat(6)}0a370001${'00'.repeat(18)}`
    const frames = [`ffffffffffff${mac}81000029${arp}`]
    const sender = fileURLToPath(new URL('./say.ts', import.meta.url))
    const tsx = import.meta.resolve('tsx')
    speaker.run(process.execPath, '--conditions=source', '--import', tsx, sender, 'eth0', ...frames)
    say(
      speaker,
      '239.255.255.250',
      1900,
      'NOTIFY * HTTP/1.1\\r\\nHOST: 239.255.255.250:1900\\r\\nNTS: ssdp:alive\\r\\nNT: upnp:rootdevice\\r\\nSERVER: DSM/7.2 UPnP/1.0 Synology/DS220\\r\\nUSN: uuid:73796E6F-6473-6D00-0000-001132112239::upnp:rootdevice\\r\\nLOCATION: http://10.41.0.14:5000/ssdp/desc.xml\\r\\n\\r\\n',
    )
    // A host whose IPv6 comes up: duplicate address detection, listener reports, router solicitation.
    six.ip('link', 'set', 'eth0', 'down')
    six.ip('link', 'set', 'eth0', 'up')
    await Promise.race([once(lease, 'close'), sleep(6_000)])
    finished = await listening
    sentAfter = sentBy(agent)
    heard = JSON.parse(finished.stdout) as Heard
  }, 120_000)

  afterAll(async () => {
    for (const daemon of daemons) await daemon.stop()
    for (const child of children) child.kill('SIGKILL')
    for (const namespace of namespaces.toReversed()) namespace.end()
    rmSync(directory, { recursive: true, force: true })
  })

  const device = (name: keyof typeof MACS): Device | undefined =>
    heard.devices.find(({ mac }) => mac === MACS[name])
  const said = (found: Device | undefined, kind: string): string[] =>
    (found?.evidence ?? []).filter((piece) => piece.kind === kind).map(({ value }) => value)

  const ipv4 = (found: Device | undefined) => found?.addresses.filter((address) => !address.includes(':'))

  test('the run ends well and says that listening is never complete', () => {
    expect({ code: finished.code, packets: heard.coverage.packetsSent }).toEqual({ code: 0, packets: 0 })
    expect(heard.coverage.complete).toBe(false)
    expect(new Set(heard.coverage.probes.map(({ rung }) => rung))).toEqual(new Set(['raw frames']))
  })

  test("the kernel's own counter of the interface shows that nothing was sent", () => {
    expect(sentBefore).toBeGreaterThanOrEqual(0)
    expect(sentAfter - sentBefore).toBe(0)
  })

  test('a host of Bonjour is heard with its services', () => {
    expect(device('avahi')?.probes).toContain('mdns-listen')
    expect(device('avahi')?.identity.name).toBe('skaerm-1')
    expect(said(device('avahi'), 'mdns.service')).toContain('_http._tcp')
  })

  test('a client of DHCP is heard with its class, name and lease', () => {
    const client = device('client')
    expect(said(client, 'dhcp.vendorClass')).toEqual(['AXIS,Network Camera,P3225-LV Mk II,9.70.1.5'])
    expect(said(client, 'dhcp.hostname')).toEqual(['axis-accc8e112237'])
    expect(ipv4(client)).toEqual([expect.stringMatching(/^10\.41\.0\.1(0\d|10)$/)])
    expect(client?.identity).toMatchObject({ maker: 'Axis', model: 'P3225-LV Mk II' })
  })

  test('a server of DHCP is heard with what it hands out', () => {
    const server = device('dnsmasq')
    expect(ipv4(server)).toEqual(['10.41.0.11'])
    expect(said(server, 'dhcp.serverIdentifier')).toEqual(['10.41.0.11'])
    expect(said(server, 'dhcp.router')).toEqual(['10.41.0.1'])
    expect(said(server, 'dhcp.dnsServer')).toEqual(['10.41.0.2'])
    expect(said(server, 'dhcp.proxyConfiguration')).toEqual(['http://10.41.0.3/wpad.dat'])
    expect(said(server, 'dhcp.classlessRoute')).toEqual(['10.50.0.0/16 via 10.41.0.4'])
  })

  test('a factory-fresh camera of another network is heard, and marked', () => {
    expect(ipv4(device('factory'))).toEqual(['192.168.1.64'])
    expect(said(device('factory'), 'address.offSubnet')).toEqual(['192.168.1.64'])
    expect(device('factory')?.identity.maker).toBe('Hikvision')
    expect(said(device('avahi'), 'address.offSubnet')).toEqual([])
  })

  test('an announcement of UPnP is heard and its document is not fetched', () => {
    expect(said(device('speaker'), 'ssdp.server')).toEqual(['DSM/7.2 UPnP/1.0 Synology/DS220'])
    expect(said(device('speaker'), 'ssdp.location')).toEqual(['http://10.41.0.14:5000/ssdp/desc.xml'])
    expect(device('speaker')?.identity.maker).toBe('Synology')
  })

  test('a host whose IPv6 comes up is heard with its link-local address', () => {
    expect(device('six')?.addresses.some((address) => address.startsWith('fe80::'))).toBe(true)
  })

  test('a frame with a tag tells its VLAN, and one without tells none', () => {
    expect(said(device('speaker'), 'vlan.tag')).toEqual(['41'])
    expect(ipv4(device('speaker'))).toEqual(['10.41.0.14', '10.55.0.9'])
    expect(said(device('avahi'), 'vlan.tag')).toEqual([])
  })

  test('the switch and the port that the agent hangs on are heard', () => {
    const own = heard.devices.find(({ addresses }) => addresses.includes('10.41.0.254'))
    expect(said(own, 'switch.port')).toContain('agent')
    expect(said(own, 'switch.chassis')).toEqual([MACS.port])
    const neighbour = device('port')
    expect(said(neighbour, 'lldp.sysDescr')).toEqual(['Lab switch 9'])
    expect(neighbour?.probes.toSorted()).toEqual(expect.arrayContaining(['cdp-listen', 'lldp-listen']))
    expect(said(neighbour, 'cdp.platform')).toEqual(['Linux'])
  })
})

function sentBy(namespace: Namespace): number {
  const [link] = JSON.parse(namespace.ip('-j', '-s', 'link', 'show', 'dev', 'seg0')) as {
    stats64: { tx: { packets: number } }
  }[]
  return link?.stats64.tx.packets ?? -1
}
