/** For tests: a wire that remembers what reached it, and the guard above it. */
import { DEFAULT_LATENCY, FULL_PACE } from '@ophav/shared'
import { DeviceWatch } from '../scan/device-watch.ts'
import { createPacer } from '../scan/pace.ts'
import { approvedScope } from '../scan/scope.ts'
import { DeviceTurn } from './device-turn.ts'
import { guardNetwork } from './guarded-network.ts'
import type { Network } from './network.ts'
import { PacketAccount } from './packet-account.ts'

/** A wire that remembers what reached it. */
export function wire(): { network: Network; sent: string[]; frames: Buffer[] } {
  const sent: string[] = []
  const frames: Buffer[] = []
  const network: Network = {
    interfaces: () => [],
    linkStates: () => null,
    tcp: async (address, port) => {
      sent.push(`tcp ${address} ${port}`)
      return { outcome: 'refused', connection: null }
    },
    neighbours: async () => [],
    frameObstacle: () => null,
    lookUp: async (address) => {
      sent.push(`lookup ${address}`)
      return null
    },
    udp: async () => ({
      send: async (_data, port, address) => {
        sent.push(`${address} ${port}`)
        return true
      },
      onDatagram: () => {},
      onRefused: () => {},
      close: () => {},
    }),
    frames: () => ({
      interfaceName: 'seg0',
      mac: '02:00:00:00:00:01',
      address: 0,
      send: async (buffer, length, count) => {
        for (let index = 0; index < count; index++)
          frames.push(Buffer.from(buffer.subarray(index * length, (index + 1) * length)))
        return count
      },
      drain: () => 0,
      close: () => {},
    }),
  }
  return { network, sent, frames }
}

/** The guard with a scope of its own: a /24, one address taken out. */
export const guarded = (network: Network, pace = FULL_PACE, limit = DEFAULT_LATENCY) => {
  const account = new PacketAccount()
  const stop = new AbortController()
  const { signal } = stop
  const guard = guardNetwork(network, {
    scope: approvedScope(['10.0.0.0/24'], ['10.0.0.77']),
    pacer: createPacer(pace, signal),
    account,
    watch: new DeviceWatch({ limit, now: () => performance.now(), onRest: () => {} }),
    turn: new DeviceTurn(),
    signal,
  })
  return { guard, account, stop }
}
