/** Whom the sweep asks, in random order, and who has answered. */
import { AddressSet, parseIpv4, type Mac } from '@ophav/shared/value'
import { isOnLink, linksOf } from '../../net/link.ts'
import { randomNumbers, shuffled } from '../../scan/random-order.ts'
import type { ProbeContext } from '../probe.ts'
import { questionId } from '../snmp-message/question.ts'

/** Addresses that are reached in one way: with frames through an interface, or with datagrams. */
export interface Lane {
  interfaceName: string | null
  /** Positions in `Targets.addresses`. */
  positions: Uint32Array
}

/** The addresses in ascending order, and beside each its question's number and whether it has answered. */
export class Targets {
  readonly addresses: Uint32Array
  /** Unguessable, one for each address: an answer with another number was meant for another question. */
  readonly ids: Uint32Array
  readonly answered: Uint8Array
  /** The position of its lane in the plan. */
  readonly lanes: Uint16Array

  constructor(addresses: Iterable<number>) {
    this.addresses = Uint32Array.from(addresses).sort()
    this.ids = randomNumbers(this.addresses.length).map(questionId)
    this.answered = new Uint8Array(this.addresses.length)
    this.lanes = new Uint16Array(this.addresses.length)
  }

  /** @returns -1 where the address is not asked */
  positionOf(address: number): number {
    let low = 0
    let high = this.addresses.length - 1
    while (low <= high) {
      const middle = (low + high) >>> 1
      const found = this.addresses[middle] ?? 0
      if (found === address) return middle
      if (found < address) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}

export interface Plan {
  targets: Targets
  lanes: Lane[]
  macs: ReadonlyMap<number, Mac>
}

/**
 * On a link where an earlier sweep found somebody only those are asked, with frames where they can be had and
 * the MAC is known: datagrams to absent hosts would fill the kernel's neighbour table. Everywhere else all are asked.
 * @param hasFrames whether frames can be sent through an interface
 */
export function planTargets(context: ProbeContext, hasFrames: (interfaceName: string) => boolean): Plan {
  const alive = [...context.alive].flatMap(([text, mac]) => {
    const address = parseIpv4(text)
    return address !== null && context.scope.has(address) ? [{ address, mac }] : []
  })
  const links = linksOf(context.network.interfaces()).filter((link) =>
    alive.some(({ address }) => isOnLink(address, link)),
  )
  const linkOf = (address: number) => links.find((link) => isOnLink(address, link))

  const present = alive.filter(({ address }) => linkOf(address))
  const elsewhere = context.scope.without(new AddressSet(links.map(({ range }) => range)))
  const targets = new Targets([...elsewhere, ...present.map(({ address }) => address)])

  const macs = new Map<number, Mac>()
  const throughInterface = new Map<string, number[]>()
  for (const { address, mac } of present) {
    const { name = '', address: own } = linkOf(address) ?? {}
    // A frame to this machine itself does not come back.
    if (mac === null || address === own || !hasFrames(name)) continue
    macs.set(address, mac)
    const positions = throughInterface.get(name) ?? []
    throughInterface.set(name, positions)
    positions.push(targets.positionOf(address))
  }
  const datagrams = [...targets.addresses.keys()].filter((at) => !macs.has(targets.addresses[at] ?? 0))
  const lanes: Lane[] = [...throughInterface].map(([interfaceName, positions]) => ({
    interfaceName,
    positions: shuffled(positions),
  }))
  lanes.push({ interfaceName: null, positions: shuffled(datagrams) })
  const used = lanes.filter(({ positions }) => positions.length > 0)
  for (const [index, { positions }] of used.entries())
    for (const position of positions) targets.lanes[position] = index
  return { targets, macs, lanes: used }
}
