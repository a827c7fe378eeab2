/** The scan with everything that it needs from this machine: its network, or port forwards, and all probes. */
import type { PolicySegment, SnmpCredential } from '@ophav/shared'
import { listenBeside } from '../listen/beside-scan.ts'
import { Listener } from '../listen/listener.ts'
import { kernelListening } from '../net/kernel-listening.ts'
import { kernelNetwork } from '../net/kernel-network.ts'
import type { LocalInterface, Network } from '../net/network.ts'
import { forwardNetwork, readPortForwards } from '../net/port-forward.ts'
import { LISTEN_PROBES } from '../probe/listen-registry.ts'
import type { ListenProbe, Probe } from '../probe/probe.ts'
import { PROBES } from '../probe/registry.ts'
import type { SavedScan } from '../scan/checkpoint.ts'
import type { ScanEvent } from '../scan/event.ts'
import { scanSegment } from '../scan/run.ts'

export interface ScannerOptions {
  /** File with port forwards: the segment is reached through loopback. */
  portForwards?: string | undefined
  /** Only this interface is used. */
  interfaceName?: string | undefined
  /** Whether listening may make the system send membership reports, where there are no raw frames. */
  mayJoin?: boolean | undefined
  /** Frames for others as well; only for a mirror port. */
  promiscuous?: boolean | undefined
}

export interface Scanner {
  /** The probes of a scan. */
  probes: readonly string[]
  declared: readonly Probe[]
  /** The probes that send nothing: a scan has them beside where they are asked for. */
  listenProbes: readonly string[]
  interfaces: () => readonly LocalInterface[]
  scan: (
    segment: PolicySegment,
    credentials: readonly SnmpCredential[],
    signal: AbortSignal,
    saved?: SavedScan | null,
  ) => AsyncGenerator<ScanEvent>
  /** Nothing can be sent through it. @throws OphavError `address.invalid-range` */
  listen: (segment: Pick<PolicySegment, 'key' | 'ranges' | 'exclusions'>) => Promise<Listener>
}

/** @throws OphavError `forward.invalid` */
export function openScanner(options: ScannerOptions): Scanner {
  const { portForwards, interfaceName } = options
  const kernel = kernelNetwork()
  const forwarded =
    portForwards === undefined ? kernel : forwardNetwork(kernel, readPortForwards(portForwards))
  const network = interfaceName === undefined ? forwarded : throughInterface(forwarded, interfaceName)
  const listenWith =
    (probes: readonly ListenProbe[]) => (segment: Pick<PolicySegment, 'key' | 'ranges' | 'exclusions'>) =>
      Listener.open({
        listening: kernelListening(),
        probes,
        segment,
        interfaceNames: interfaceName === undefined ? [] : [interfaceName],
        promiscuous: options.promiscuous ?? false,
        mayJoin: options.mayJoin ?? false,
        now: Date.now,
      })
  return {
    probes: PROBES.map((probe) => probe.name),
    declared: PROBES,
    listenProbes: LISTEN_PROBES.map((probe) => probe.name),
    interfaces: () => kernel.interfaces(),
    listen: listenWith(LISTEN_PROBES),
    async *scan(segment, credentials, signal, saved = null) {
      const scan = scanSegment({
        segment,
        credentials,
        network,
        probes: PROBES,
        signal,
        now: Date.now,
        saved,
      })
      const beside = LISTEN_PROBES.filter(({ name }) => segment.probes.includes(name))
      if (beside.length === 0) return yield* scan
      using listener = await listenWith(beside)(segment)
      yield* listenBeside(scan, listener)
    },
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
