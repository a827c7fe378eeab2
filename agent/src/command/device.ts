/** Groups what a scan saw by device, and says who made each: the technician's view, without a collector. */
import type { Identity } from '@ophav/oui'
import { isIdentifyingMac, parseIpv4, type Evidence, type Mac } from '@ophav/shared/value'
import type { ProbeResult } from '../probe/probe.ts'

export interface FoundDevice {
  /** In the order of the numbers; a device can have several. */
  addresses: string[]
  mac: Mac | null
  /** Probes that got an answer. */
  probes: string[]
  evidence: Evidence[]
  identity: Identity
}

interface Group {
  mac: Mac | null
  addresses: Set<string>
  probes: Set<string>
  evidence: Map<string, Evidence>
}

/** Collects results while a scan runs. */
export class DeviceCollection {
  readonly #results: { probe: string; result: ProbeResult }[] = []
  /** Which MAC was seen at an address: a later probe that knows the address alone speaks of the same device. */
  readonly #macAt = new Map<string, Mac>()

  add(probe: string, result: ProbeResult): void {
    if (result.outcome !== 'answered' && result.outcome !== 'refused') return
    this.#results.push({ probe, result })
    if (result.address !== null && result.mac !== null && isIdentifyingMac(result.mac))
      this.#macAt.set(result.address, result.mac)
  }

  /** The devices, by address, each with what `identify` concludes from all that was seen of it. */
  devices(identify: (evidence: readonly Evidence[]) => Identity): FoundDevice[] {
    const groups = new Map<string, Group>()
    for (const { probe, result } of this.#results) {
      const { address } = result
      const mac = (address === null ? undefined : this.#macAt.get(address)) ?? result.mac
      // A MAC that many share (virtual routers, random ones) joins nothing.
      const key = mac !== null && isIdentifyingMac(mac) ? mac : (address ?? mac)
      if (key === null) continue
      const group = groups.get(key) ?? emptyGroup()
      groups.set(key, group)
      group.mac ??= mac
      if (address !== null) group.addresses.add(address)
      group.probes.add(probe)
      for (const piece of result.evidence) group.evidence.set(JSON.stringify(piece), piece)
    }
    return [...groups.values()].map((group) => toDevice(group, identify)).sort(byAddress)
  }
}

const emptyGroup = (): Group => ({
  mac: null,
  addresses: new Set(),
  probes: new Set(),
  evidence: new Map(),
})

function toDevice(
  { mac, addresses, probes, evidence }: Group,
  identify: (evidence: readonly Evidence[]) => Identity,
): FoundDevice {
  const pieces = [...evidence.values()]
  if (mac !== null && !pieces.some((piece) => piece.kind === 'mac' && piece.value === mac))
    pieces.unshift({ kind: 'mac', value: mac })
  return {
    addresses: [...addresses].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1)),
    mac,
    probes: [...probes],
    evidence: pieces,
    identity: identify(pieces),
  }
}

/** IPv4 by number, all else after it. */
const order = (address: string | undefined): number =>
  address === undefined ? Number.MAX_SAFE_INTEGER : (parseIpv4(address) ?? 2 ** 32)

const byAddress = (a: FoundDevice, b: FoundDevice): number =>
  order(a.addresses[0]) - order(b.addresses[0]) || ((a.mac ?? '') < (b.mac ?? '') ? -1 : 1)
