/**
 * The lab: segments of a municipality as network namespaces. Each has a switch, an agent's place, devices that are
 * played from recordings with MACs of their own, and hosts on which programs of Debian run. The agents' places have a
 * second leg to the server zone, where the collector is.
 */
import { join } from 'node:path'
import { connect, Namespace, namespaceObstacle } from '../wire/namespace.ts'
import { startSimulator, type RunningSimulator, type SimulatorTally } from '../wire/order.ts'
import { missingPrograms, startDaemon, type RunningDaemon } from './daemon.ts'
import { AGENT_HOST, labDevices, SEGMENTS, type LabDevice } from './plan.ts'

export interface Lab {
  devices: readonly LabDevice[]
  /** Where the collector runs, at `serverAddress`. */
  server: Namespace
  serverAddress: string
  /** Where a segment's agent runs: its interface `seg0` is on the segment. */
  agentPlace: (segment: string) => Namespace
  /** Ends everything. @returns what each segment's simulator has counted */
  stop: () => Promise<Record<string, SimulatorTally>>
}

/** Why the lab cannot be built here; null where it can. */
export async function labObstacle(): Promise<string | null> {
  const missing = missingPrograms()
  return missing.length > 0 ? `not installed: ${missing.join(', ')}` : namespaceObstacle()
}

const SERVER_ADDRESS = '10.99.0.1'

export async function startLab(directory: string): Promise<Lab> {
  const namespaces: Namespace[] = []
  const simulators = new Map<string, RunningSimulator>()
  const daemons: RunningDaemon[] = []
  const places = new Map<string, Namespace>()
  const create = async (options: { isMute?: boolean } = {}) => {
    const namespace = await Namespace.create(namespaces[0] ?? null, options)
    namespaces.push(namespace)
    return namespace
  }
  const stop = async () => {
    const tallies: Record<string, SimulatorTally> = {}
    for (const [segment, simulator] of simulators) tallies[segment] = await simulator.stop()
    for (const daemon of daemons.splice(0)) await daemon.stop()
    for (const namespace of namespaces.splice(0).toReversed()) namespace.end()
    return tallies
  }
  try {
    const server = await create()
    makeSwitch(server)
    server.ip('addr', 'add', `${SERVER_ADDRESS}/24`, 'dev', 'br0')
    const devices = labDevices()
    for (const [index, { key, network }] of SEGMENTS.entries()) {
      const network0 = await create({ isMute: true })
      makeSwitch(network0)
      const agent = await create()
      places.set(key, agent)
      plug(network0, agent, 'seg0', 'agent', `${network}.${AGENT_HOST}/24`)
      plug(server, agent, 'up0', `agent${index}`, `10.99.0.${index + 11}/24`)
      const wall = await create({ isMute: true })
      plug(network0, wall, 'seg1', 'played', null)
      const here = devices.filter(({ segment }) => segment === key)
      const played = here.flatMap(({ address, from }) => ('recording' in from ? [{ address, ...from }] : []))
      simulators.set(
        key,
        await startSimulator(wall, { interfaceName: 'seg1', devices: played, countsDestinations: true }),
      )
      for (const { address, mac, from } of here) {
        if ('recording' in from) continue
        const host = await create()
        if ('kernel' in from) {
          plug(network0, host, 'eth0', 'ipv6', null, mac)
          continue
        }
        plug(network0, host, 'eth0', from.daemon, `${address}/24`, mac)
        daemons.push(await startDaemon(from.daemon, host, address, join(directory, from.daemon)))
      }
    }
    return {
      devices,
      server,
      serverAddress: SERVER_ADDRESS,
      agentPlace: (segment) => {
        const place = places.get(segment)
        if (!place) throw new Error(`the lab has no segment ${segment}`)
        return place
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

export function makeSwitch(namespace: Namespace): void {
  namespace.ip('link', 'add', 'br0', 'type', 'bridge')
  namespace.raise('br0')
}

/** Runs a cable from the switch to a host. */
export function plug(
  network: Namespace,
  host: Namespace,
  name: string,
  port: string,
  address: string | null,
  mac: string | null = null,
): void {
  connect(network, port, host, name)
  network.ip('link', 'set', port, 'master', 'br0')
  if (mac !== null) {
    // Raised anew, the interface gives itself the address that follows from its MAC.
    host.ip('link', 'set', name, 'down')
    host.ip('link', 'set', name, 'address', mac)
    host.raise(name)
  }
  if (address !== null) host.ip('addr', 'add', address, 'dev', name)
}
