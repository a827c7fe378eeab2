/** What leaves an agent, counted at the other end of its cable; and what a scan says of silence, refusal and a dead link. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Coverage } from '@ophav/shared'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { run, start, type Finished } from '../process/command.ts'
import { connect, Namespace, namespaceObstacle } from '../wire/namespace.ts'
import { startSimulator, type RunningSimulator, type SimulatorOrder } from '../wire/order.ts'

const obstacle = await namespaceObstacle()
if (obstacle !== null) process.stderr.write(`skipped, safety on the wire: ${obstacle}\n`)
test.runIf(process.env['CI'] === 'true')('namespaces can be made here', () => expect(obstacle).toBeNull())

const directory = mkdtempSync(join(tmpdir(), 'ophav-safety-'))
const NETWORK = '10.60.0'
const EXCLUDED = `${NETWORK}.77`

let namespaces: Namespace[] = []
let simulators: RunningSimulator[] = []
let agent: Namespace
let wall: Namespace
beforeEach(async () => {
  if (obstacle !== null) return
  agent = await create()
  wall = await create()
  connect(agent, 'seg0', wall, 'wall0')
  agent.ip('addr', 'add', `${NETWORK}.250/24`, 'dev', 'seg0')
})
afterEach(async () => {
  for (const simulator of simulators.splice(0)) await simulator.stop()
  for (const namespace of namespaces.splice(0).toReversed()) namespace.end()
  rmSync(directory, { recursive: true, force: true })
})

async function create(): Promise<Namespace> {
  const namespace = await Namespace.create(namespaces[0] ?? null)
  namespaces.push(namespace)
  return namespace
}

async function simulate(order: Omit<SimulatorOrder, 'interfaceName'>): Promise<RunningSimulator> {
  const simulator = await startSimulator(wall, { interfaceName: 'wall0', countsDestinations: true, ...order })
  simulators = [...simulators, simulator]
  return simulator
}

const cameras = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    address: `${NETWORK}.${index + 1}`,
    recording: index % 2 === 0 ? 'axis-camera' : 'hp-printer',
  }))

const scan = (parameters: readonly string[]): Promise<Finished> =>
  run('agent', ['scan', '--state', join(directory, 'state'), ...parameters], {
    through: agent.through,
    timeoutMs: 100_000,
  })

const coverageOf = ({ stdout }: Finished): Coverage => (JSON.parse(stdout) as { coverage: Coverage }).coverage

/** The most packets that any second holds. */
function busiest(times: readonly number[]): number {
  let most = 0
  for (let first = 0, last = 0; last < times.length; last++) {
    while ((times[last] ?? 0) - (times[first] ?? 0) >= 1_000) first++
    most = Math.max(most, last - first + 1)
  }
  return most
}

describe.skipIf(obstacle !== null)('what leaves an agent', () => {
  test('keeps to the pace of segment and device, goes nowhere else, and is what the agent has counted', async () => {
    const simulator = await simulate({
      devices: [...cameras(40), { address: EXCLUDED, recording: 'axis-camera' }],
      recordsTimes: true,
    })
    const chosen = ['arp', 'snmp-sweep', 'snmp', 'mdns-unicast'].flatMap((name) => ['--probe', name])
    const finished = await scan([
      `${NETWORK}.0/24`,
      '--exclude',
      EXCLUDED,
      '--community',
      'public',
      '--json',
      ...chosen,
    ])
    simulators = []
    const { times, destinations } = await simulator.stop()
    expect(finished.code).toBe(0)

    const parts = Object.keys(destinations).map((line) => line.split(' '))
    for (const [protocol = '', address = '', port = ''] of parts) {
      const isGroup = address === '224.0.0.251' || address === '224.0.0.22'
      expect(isGroup || address.startsWith(`${NETWORK}.`) || `${protocol} to ${address}`).toBe(true)
      expect(address).not.toBe(EXCLUDED)
      expect(protocol === 'ip6' && ['515', '9100'].includes(port)).toBe(false)
    }
    // The far end reads with delays of its own on a busy machine: a fifth more than was sent can seem to come at once.
    const read = (rate: number, burst: number) => (rate + burst) * 1.2
    // Five hundred a second for sweeps, and what may leave in one go.
    const arp = times.filter(([, to]) => to.startsWith('arp ')).map(([at]) => at)
    expect(busiest(arp)).toBeLessThanOrEqual(read(500, 25))
    // Only questions to devices go to this port of an address: fifty a second for all, two for each.
    const questions = times.filter(([, to]) => new RegExp(`^udp ${NETWORK}\\.\\d+ 5353$`).test(to))
    expect(questions.length).toBeGreaterThan(100)
    expect(busiest(questions.map(([at]) => at))).toBeLessThanOrEqual(read(50, 2.5))
    for (const { address } of cameras(40)) {
      const toOne = questions.filter(([, to]) => to === `udp ${address} 5353`).map(([at]) => at)
      expect(busiest(toOne)).toBeLessThanOrEqual(read(2, 2))
    }
    // Multicast group management (IGMP) and neighbour discovery are the system's own.
    const counted = parts.filter(([protocol]) => protocol === 'arp' || protocol === 'udp')
    const arrived = counted.reduce((sum, part) => sum + (destinations[part.join(' ')] ?? 0), 0)
    const { packetsSent, probes } = coverageOf(finished)
    expect(probes.reduce((sum, { packets = 0 }) => sum + packets, 0)).toBe(packetsSent)
    // The system asks with ARP by itself before it sends a datagram, and what is sent to the agent's own address stays.
    expect(Math.abs(arrived - packetsSent)).toBeLessThan(packetsSent * 0.2)
  }, 120_000)

  test('is nothing at all in a dry run', async () => {
    const simulator = await simulate({ devices: cameras(3) })
    const { code, stdout } = await scan([`${NETWORK}.0/24`, '--exclude', EXCLUDED, '--dry-run'])
    simulators = []
    const { frames, destinations } = await simulator.stop()
    expect({ code, destinations }).toEqual({ code: 0, destinations: {} })
    expect(stdout).toContain('255 addresses')
    // Neighbour discovery of a link that has just come up is no IPv4.
    expect(frames).toBeLessThan(20)
  })

  test('ends at the kill switch, long before everybody was asked', async () => {
    // At the polite pace so many devices keep a scan busy for more than half a minute.
    const simulator = await simulate({ devices: cameras(200), recordsTimes: true })
    const child = start(
      'agent',
      ['scan', '--state', join(directory, 'state'), `${NETWORK}.0/24`, '--community', 'public'],
      {
        through: agent.through,
      },
    )
    child.stdin?.end()
    let said = ''
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()))
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    await sleep(6_000)
    expect((await run('agent', ['halt', '--state', join(directory, 'state')])).code).toBe(0)
    expect(await ended).toBe(3)
    simulators = []
    await simulator.stop()
    expect(said).toContain('the kill switch is set on this machine')
    const again = await scan([`${NETWORK}.0/24`])
    expect(again).toMatchObject({ code: 7 })
    expect(again.stderr).toContain('[scan.halted]')
  }, 60_000)

  test('is nothing where the machine could connect networks', async () => {
    const other = await create()
    connect(agent, 'up0', other, 'other0')
    agent.ip('addr', 'add', '10.61.0.1/24', 'dev', 'up0')
    agent.run('sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward')
    const simulator = await simulate({ devices: cameras(3) })
    const finished = await scan([`${NETWORK}.0/24`])
    expect(finished.code).toBe(7)
    expect(finished.stderr).toContain('[isolation.self-forwards]')
    const doctor = await run('agent', ['doctor', '--json', '--state', join(directory, 'state')], {
      through: agent.through,
    })
    expect(doctor.code).toBe(7)
    const { fit, findings } = JSON.parse(doctor.stdout) as { fit: boolean; findings: { check: string }[] }
    expect(fit).toBe(false)
    expect(findings.map(({ check }) => check)).toContain('self.forwarding')
    simulators = []
    expect((await simulator.stop()).destinations).toEqual({})
  })
})

describe.skipIf(obstacle !== null)('a scan', () => {
  test('tells those who answer, refuse, keep silent and are excluded apart', async () => {
    // A bare host: its system answers ARP, and refuses the port on which nobody listens.
    wall.ip('addr', 'add', `${NETWORK}.5/24`, 'dev', 'wall0')
    const parameters = [`${NETWORK}.0/28`, '--exclude', `${NETWORK}.7`, '--json', '--probe', 'snmp-sweep']
    const refused = coverageOf(await scan(parameters))
    expect(refused).toMatchObject({
      result: 'complete',
      inScope: 15,
      excluded: 1,
      attempted: 15,
      answered: 0,
      refused: 1,
      silent: 14,
    })
    const both = coverageOf(await scan([...parameters, '--probe', 'arp']))
    expect(both).toMatchObject({ result: 'complete', attempted: 15, answered: 1, refused: 0, silent: 14 })
    expect(both.probes.find(({ probe }) => probe === 'snmp-sweep')?.outcomes).toEqual({ refused: 1 })
  }, 60_000)

  test('of a segment where nobody lives is empty, because the link is alive and the address is right', async () => {
    await simulate({ devices: [] })
    const coverage = coverageOf(await scan([`${NETWORK}.0/28`, '--json', '--probe', 'arp']))
    expect(coverage).toMatchObject({
      result: 'empty',
      complete: true,
      attempted: 16,
      answered: 0,
      silent: 16,
    })
  })

  test('over an unplugged cable is unreached, and sends nothing', async () => {
    wall.ip('link', 'set', 'wall0', 'down')
    // The kernel tells of a lost carrier within a second.
    await sleep(1_500)
    const finished = await scan([`${NETWORK}.0/24`, '--json'])
    expect(finished.code).toBe(3)
    expect(coverageOf(finished)).toMatchObject({
      result: 'unreached',
      complete: false,
      because: 'no carrier on seg0',
      attempted: 0,
      packetsSent: 0,
      notAttempted: [{ reason: 'no-carrier', addresses: 256, devices: 0 }],
    })
    expect(finished.stderr).toContain('THE SEGMENT WAS NOT REACHED')
  })

  test('in the wrong network is unreached: by its address, or by a gateway that is silent', async () => {
    await simulate({ devices: cameras(3) })
    // The port is in another segment, which has given the agent an address of its own.
    const elsewhere = coverageOf(
      await scan(['10.70.0.0/28', '--json', '--probe', 'arp', '--probe', 'snmp-sweep']),
    )
    expect(elsewhere).toMatchObject({ result: 'unreached', complete: false, answered: 0 })
    // The address is set by hand and right, and the segment behind the port is not the one it belongs to.
    agent.ip('addr', 'flush', 'dev', 'seg0')
    agent.ip('addr', 'add', '10.70.0.250/24', 'dev', 'seg0')
    agent.ip('route', 'add', 'default', 'via', '10.70.0.1')
    const wrong = coverageOf(await scan(['10.70.0.0/24', '--json', '--probe', 'arp']))
    expect(wrong).toMatchObject({ result: 'unreached', complete: false, answered: 1 })
    expect(wrong.because).toContain('the gateway 10.70.0.1')
  }, 60_000)
})
