/**
 * The guard below every probe: scope, barred ports, pace, stop, devices that rest, one connection a device, and an
 * account of every packet that leaves. What it does not let pass is never handed to the system.
 */
import { OphavError } from '@ophav/shared/value'
import type { DeviceWatch } from '../scan/device-watch.ts'
import type { Pacer } from '../scan/pace.ts'
import type { Scope } from '../scan/scope.ts'
import type { DeviceTurn } from './device-turn.ts'
import { guardedFrames } from './guarded-frames.ts'
import { guardedTcp } from './guarded-tcp.ts'
import { guardedUdp } from './guarded-udp.ts'
import type { Budget, Network } from './network.ts'
import type { PacketAccount } from './packet-account.ts'

export interface Guard {
  scope: Scope
  pacer: Pacer
  account: PacketAccount
  watch: DeviceWatch
  turn: DeviceTurn
  /** After it fires nothing leaves any more. */
  signal: AbortSignal
}

/** The system's `ping` sends one echo request, for which the system asks with ARP. */
const LOOK_UP_PACKETS = 2

export function guardNetwork(network: Network, guard: Guard): Network {
  return {
    interfaces: () => network.interfaces(),
    linkStates: () => network.linkStates(),
    neighbours: () => network.neighbours(),
    frameObstacle: () => network.frameObstacle(),
    async lookUp(address) {
      checked(guard, () => guard.scope.check(address, 0, 'udp'))
      await allowed(guard, 'sweep', LOOK_UP_PACKETS, address)
      guard.account.add(address, LOOK_UP_PACKETS)
      return network.lookUp(address)
    },
    udp: (options) => guardedUdp(network, guard, options),
    tcp: (address, port, options) => guardedTcp(network, guard, address, port, options),
    frames: (interfaceName) => guardedFrames(network, guard, interfaceName),
  }
}

/** Counts what is refused. @throws what the check throws */
export function checked(guard: Guard, check: () => void): void {
  try {
    check()
  } catch (error) {
    guard.account.refused++
    throw error
  }
}

/**
 * Waits for the pace. A stop or a rest that comes meanwhile holds as well.
 * @throws OphavError `scan.stopped`, `scan.device-resting`
 */
export async function allowed(
  guard: Guard,
  budget: Budget,
  packets: number,
  address: string | null,
): Promise<void> {
  checkState(guard, budget, address)
  const wait = guard.pacer.take(budget, packets, address)
  if (!wait) return
  await wait.catch((cause: unknown) => {
    if (guard.signal.aborted) throw new OphavError('scan.stopped', {}, { cause })
    throw cause
  })
  checkState(guard, budget, address)
}

function checkState(guard: Guard, budget: Budget, address: string | null): void {
  if (guard.signal.aborted) throw new OphavError('scan.stopped')
  if (budget === 'device' && address !== null && guard.watch.restLeft(address) > 0)
    throw new OphavError('scan.device-resting', { address })
}
