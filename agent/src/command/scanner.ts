/** The scan with everything that it needs from this machine: its network, or port forwards, and all probes. */
import type { PolicySegment, SnmpCredential } from '@ophav/shared'
import { kernelNetwork } from '../net/kernel-network.ts'
import type { LocalInterface, Network } from '../net/network.ts'
import { forwardNetwork, readPortForwards } from '../net/port-forward.ts'
import type { Probe } from '../probe/probe.ts'
import { PROBES } from '../probe/registry.ts'
import type { SavedScan } from '../scan/checkpoint.ts'
import type { ScanEvent } from '../scan/event.ts'
import { scanSegment } from '../scan/run.ts'

export interface ScannerOptions {
  /** File with port forwards: the segment is reached through loopback. */
  portForwards?: string | undefined
  /** Only this interface is used. */
  interfaceName?: string | undefined
}

export interface Scanner {
  /** The probes that this agent has. */
  probes: readonly string[]
  declared: readonly Probe[]
  interfaces: () => readonly LocalInterface[]
  scan: (
    segment: PolicySegment,
    credentials: readonly SnmpCredential[],
    signal: AbortSignal,
    saved?: SavedScan | null,
  ) => AsyncGenerator<ScanEvent>
}

/** @throws OphavError `forward.invalid` */
export function openScanner({ portForwards, interfaceName }: ScannerOptions): Scanner {
  const kernel = kernelNetwork()
  const forwarded =
    portForwards === undefined ? kernel : forwardNetwork(kernel, readPortForwards(portForwards))
  const network = interfaceName === undefined ? forwarded : throughInterface(forwarded, interfaceName)
  return {
    probes: PROBES.map((probe) => probe.name),
    declared: PROBES,
    interfaces: () => kernel.interfaces(),
    scan: (segment, credentials, signal, saved = null) =>
      scanSegment({
        segment,
        credentials,
        network,
        probes: PROBES,
        signal,
        now: Date.now,
        saved,
      }),
  }
}

/** The network as if the machine had this one interface. */
function throughInterface(network: Network, name: string): Network {
  return {
    ...network,
    interfaces: () => network.interfaces().filter((local) => local.name === name),
    linkStates: () => network.linkStates()?.filter((state) => state.name === name) ?? null,
    frames: (interfaceName) => (interfaceName === name ? network.frames(name) : null),
    neighbours: async () => (await network.neighbours())?.filter((row) => row.interfaceName === name) ?? null,
  }
}
