/**
 * The guard below every probe: scope, barred ports, pace, stop, devices that rest, one connection a device, and an
 * account of every packet that leaves. What it does not let pass is never handed to the system.
 */
import { allowed, checked, type Guard } from './guard.ts'
import { guardedEcho } from './guarded-echo.ts'
import { guardedFrames } from './guarded-frames.ts'
import { guardedIpv6 } from './guarded-ipv6.ts'
import { guardedTcp } from './guarded-tcp.ts'
import { guardedUdp } from './guarded-udp.ts'
import type { Network } from './network.ts'

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
    ...guardedIpv6(network, guard),
    ...guardedEcho(network, guard),
  }
}
