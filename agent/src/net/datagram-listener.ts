/** The rung below frames: datagrams to groups and broadcasts on ordinary sockets, which never send. */
import { createSocket } from 'node:dgram'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import type { DatagramListener, DatagramListenOptions, DatagramObstacle } from './listening.ts'

/** Linux: proc(5), groups that the machine has joined, by interface. */
const PROC_IGMP = '/proc/net/igmp'

/**
 * A group that the machine is a member of already is heard without a report; a broadcast needs none.
 * @returns the listener, or why there can be none
 */
export async function openDatagramListener({
  port,
  group,
  interfaceAddress,
  mayJoin,
}: DatagramListenOptions): Promise<DatagramListener | DatagramObstacle> {
  if (group !== null && !mayJoin && !isMember(group, interfaceAddress)) return 'not-joined'
  const socket = createSocket({ type: 'udp4', reuseAddr: true })
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject)
      socket.bind({ port, exclusive: false }, () => resolve())
    })
    socket.removeAllListeners('error')
    // Without a listener an error that the system reports later would end the process.
    socket.on('error', () => undefined)
    if (group !== null) socket.addMembership(group, interfaceAddress)
  } catch {
    socket.close()
    return 'refused'
  }
  return {
    onDatagram: (listener) =>
      void socket.on('message', (data, { address, port: from }) => listener(address, from, data)),
    close: () => socket.close(),
  }
}

/** @returns false where the system does not tell */
function isMember(group: string, interfaceAddress: string): boolean {
  const name = Object.entries(networkInterfaces()).find(([, rows]) =>
    rows?.some(({ address }) => address === interfaceAddress),
  )?.[0]
  try {
    return name !== undefined && parseProcIgmp(readFileSync(PROC_IGMP, 'utf8')).get(name)?.has(group) === true
  } catch {
    return false
  }
}

/** A line for each interface (number, name, ...), then one for each group: its octets in host order, as hex. */
export function parseProcIgmp(text: string): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>()
  let current: Set<string> | null = null
  for (const line of text.split('\n')) {
    const name = /^\d+\s+(\S+)/.exec(line)?.[1]
    const hex = /^\s+([0-9A-F]{8})\s/.exec(line)?.[1]
    if (name !== undefined) groups.set(name.replace(/:$/, ''), (current = new Set()))
    else if (hex !== undefined) current?.add([...Buffer.from(hex, 'hex')].toReversed().join('.'))
  }
  return groups
}
