/** Groups what a scan saw by device, and says who made each: the technician's view, without a collector. */
import type { Identity } from '@ophav/oui'
import { AddressSet, isIdentifyingMac, parseIpv4, type Evidence, type Mac } from '@ophav/shared/value'
import type { ProbeResult } from '../probe/probe.ts'
import { concludeTopology, toAttachment, toView, type Attachment } from './attachment.ts'

export interface FoundDevice {
  /** In the order of the numbers; a device can have several. */
  addresses: string[]
  mac: Mac | null
  /** `network`: routers and switches know it, and it has answered no probe. */
  seenBy: 'probe' | 'network'
  /** Null where no switch has told. */
  attachment: Attachment | null
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
  readonly #scope: AddressSet

  /** @param scope whose addresses a silent device may have */
  constructor(scope: AddressSet = new AddressSet([])) {
    this.#scope = scope
  }

  add(probe: string, result: ProbeResult): void {
    if (result.outcome !== 'answered' && result.outcome !== 'refused') return
    this.#results.push({ probe, result })
    if (result.address !== null && result.mac !== null && isIdentifyingMac(result.mac))
      this.#macAt.set(result.address, result.mac)
  }

  /** The devices, by address, each with what `identify` concludes from all that was seen of it. */
  devices(identify: (evidence: readonly Evidence[]) => Identity): FoundDevice[] {
    const groups = this.#group()
    const views = this.#results.flatMap(({ result }) => {
      const key = this.#keyOf(result)
      return result.tables === undefined || key === null ? [] : [toView(key, result)]
    })
    const { places, silent } = concludeTopology(views, this.#scope, this.#macAt)
    for (const { mac, address } of silent) {
      const key = address !== null && groups.has(address) ? address : mac
      const group = groups.get(key) ?? emptyGroup()
      groups.set(key, group)
      group.mac ??= mac
      if (address !== null) group.addresses.add(address)
    }
    const devices = [...groups].map(([key, group]) => ({ key, device: toDevice(group, identify) }))
    const nameOf = (key: string): string => {
      const found = devices.find((one) => one.key === key)?.device
      return found?.identity.name ?? found?.addresses[0] ?? key
    }
    for (const { device } of devices) {
      const place = device.mac === null ? undefined : places.get(device.mac)
      if (place) device.attachment = toAttachment(place, nameOf)
    }
    return devices.map(({ device }) => device).sort(byAddress)
  }

  /** A MAC that many share (virtual routers, random ones) joins nothing. */
  #keyOf({ address, mac: told }: ProbeResult): string | null {
    const mac = (address === null ? undefined : this.#macAt.get(address)) ?? told
    return mac !== null && isIdentifyingMac(mac) ? mac : (address ?? mac)
  }

  #group(): Map<string, Group> {
    const groups = new Map<string, Group>()
    for (const { probe, result } of this.#results) {
      const { address } = result
      const key = this.#keyOf(result)
      if (key === null) continue
      const group = groups.get(key) ?? emptyGroup()
      groups.set(key, group)
      group.mac ??= (address === null ? undefined : this.#macAt.get(address)) ?? result.mac
      if (address !== null) group.addresses.add(address)
      group.probes.add(probe)
      for (const piece of result.evidence) group.evidence.set(JSON.stringify(piece), piece)
    }
    return groups
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
    seenBy: probes.size > 0 ? 'probe' : 'network',
    attachment: null,
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
