/** Finds every host on this machine's links: no IPv4 device can stay silent to ARP and still be reached. */
import { AddressSet, formatIpv4 } from '@ophav/shared/value'
import { linksOf, type Link } from '../../net/link.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'
import { PASSES, sweepFrames } from './frame-sweep.ts'
import { DISCARD_PORT, MAX_LOOK_UPS, sweepLookUps, sweepNeighbours } from './neighbour-sweep.ts'
import { Sightings } from './sighting.ts'

export const arp: SweepProbe = {
  kind: 'sweep',
  name: 'arp',
  title: 'ARP, everybody on this link',
  transport: 'frame',
  ports: [DISCARD_PORT],
  privilege: 'raw-socket',
  packetsPerDevice: PASSES,
  yields: ['mac'],
  sweep,
}

async function* sweep(context: ProbeContext): AsyncGenerator<ProbeResult> {
  const links = linksOf(context.network.interfaces())
  const onLink = links.map((link) => ({ link, addresses: addressesOn(link, context.scope) }))
  const total = onLink.reduce((sum, { addresses }) => sum + addresses.length, 0)
  const rungs = new Set<string>()
  const notes = new Set<string>()
  const elsewhere = context.scope.without(new AddressSet(links.map(({ range }) => range))).size
  if (elsewhere > 0) notes.add(`${elsewhere} addresses are not on a link of this machine`)
  try {
    let done = 0
    for (const { link, addresses } of onLink) {
      if (addresses.length === 0) continue
      const sightings = new Sightings(context.now)
      yield* ownAddress(link, context)
      const rung = yield* sweepLink(link, addresses, sightings, context, (count) => {
        done += count
        context.progress(Math.min(done, total * PASSES), total * PASSES)
      })
      rungs.add(rung.name)
      if (rung.note) notes.add(rung.note)
    }
  } catch (error) {
    if (!context.signal.aborted) throw error
  }
  context.rung(rungs.size > 0 ? [...rungs].join(', ') : null, [...notes].join('; ') || undefined)
}

interface Rung {
  name: string
  /** What this rung cannot see. */
  note?: string
}

async function* sweepLink(
  link: Link,
  addresses: Uint32Array,
  sightings: Sightings,
  context: ProbeContext,
  onAttempts: (count: number) => void,
): AsyncGenerator<ProbeResult, Rung> {
  const socket = context.network.frames(link.name)
  if (socket) {
    try {
      yield* sweepFrames(socket, addresses, sightings, context, onAttempts)
    } finally {
      socket.close()
    }
    return { name: 'raw frames' }
  }
  const obstacle = `no raw frames (${context.network.frameObstacle() ?? 'interface'})`
  const twice = (count: number) => onAttempts(count * PASSES)
  if ((await context.network.neighbours()) !== null) {
    yield* sweepNeighbours(addresses, sightings, context, twice)
    return {
      name: 'neighbour table',
      note: `${obstacle}: hosts that the kernel's table has no room for may be missing`,
    }
  }
  yield* sweepLookUps(addresses, sightings, context, twice)
  const left = addresses.length - MAX_LOOK_UPS
  return {
    name: 'system programs',
    note: `${obstacle}: hosts that answer no echo may be missing${left > 0 ? `, and ${left} addresses were not tried` : ''}`,
  }
}

/** The addresses in scope that this link reaches, without the one that is this machine's own. */
function addressesOn(link: Link, scope: AddressSet): Uint32Array {
  const own = new AddressSet([[link.address, link.address]])
  const elsewhere = scope.without(new AddressSet([link.range]))
  return scope.without(elsewhere).without(own).numbers()
}

/** This machine does not answer itself, and is a device of the segment all the same. */
function* ownAddress(link: Link, context: ProbeContext): Generator<ProbeResult> {
  const mac = context.network.interfaces().find(({ name }) => name === link.name)?.mac
  if (!mac || !context.scope.has(link.address)) return
  context.asked([link.address])
  yield {
    address: formatIpv4(link.address),
    mac,
    outcome: 'answered',
    evidence: [{ kind: 'mac', value: mac }],
    observedAt: context.now(),
  }
}
