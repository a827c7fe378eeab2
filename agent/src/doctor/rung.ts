/** On which rung of the ladder each probe stands on this machine. */
import { isOnPath } from '../net/neighbour-table.ts'
import type { Network } from '../net/network.ts'
import type { Probe } from '../probe/probe.ts'
import type { DoctorFinding } from './finding.ts'

const OBSTACLES: Readonly<Record<string, string>> = {
  platform: 'raw frames are Linux only',
  library: 'the optional package koffi is missing: install it, or run npm install again',
  permission:
    'give the program CAP_NET_RAW: setcap cap_net_raw+ep on node, or AmbientCapabilities in the service',
  forwarded: 'the segment is reached through port forwards',
}

export async function findRungs(
  probes: readonly Probe[],
  network: Pick<Network, 'frameObstacle' | 'neighbours'>,
  hasProgram: (name: string) => boolean = isOnPath,
): Promise<DoctorFinding[]> {
  const obstacle = network.frameObstacle()
  const hasTable = (await network.neighbours()) !== null
  const rungs = probes.map(({ name, transport, privilege }): DoctorFinding => {
    const check = `rung.${name}`
    if (privilege === 'none')
      return { check, level: 'ok', says: transport === 'multicast' ? 'multicast' : 'datagrams' }
    if (obstacle === null)
      return { check, level: 'ok', says: transport === 'icmp' ? 'raw socket' : 'raw frames' }
    const advice = OBSTACLES[obstacle] ?? obstacle
    if (transport === 'icmp') return { check, level: 'warn', says: 'an echo socket, or nothing', advice }
    if (transport === 'multicast') return { check, level: 'warn', says: 'what the system knows', advice }
    if (transport !== 'frame') return { check, level: 'warn', says: 'datagrams', advice }
    if (hasTable) return { check, level: 'warn', says: "the kernel's neighbour table", advice }
    if (hasProgram('ping') && hasProgram('arp'))
      return { check, level: 'warn', says: 'node-arp, with ping and arp', advice }
    return { check, level: 'fail', says: 'none: no raw frames, no neighbour table, no programs', advice }
  })
  return [...rungs, findRefusals(obstacle)]
}

/** ICMP errors about datagrams come to raw sockets alone. */
function findRefusals(obstacle: string | null): DoctorFinding {
  const check = 'rung.refusals'
  if (obstacle === null) return { check, level: 'ok', says: 'ICMP' }
  const advice = OBSTACLES[obstacle] ?? obstacle
  return { check, level: 'warn', says: 'not heard: a port that is refused looks silent', advice }
}
