/** Finds who speaks IPv6 on this machine's links: a call to all, questions to likely addresses, and an open ear. */
import { randomInt } from 'node:crypto'
import { formatIpv6, parseIpv4, parseIpv6, type Mac } from '@ophav/shared/value'
import { isOnLink, linksOf, type Link } from '../../net/link.ts'
import type { Ipv6Addresses, Ipv6Network } from '../../net/network.ts'
import { IPV6_PROBE } from '../../scan/link-scope.ts'
import { pause } from '../exchange.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'
import {
  addressFromMac,
  echoFrame,
  LINK_LOCAL_PREFIX,
  SOLICITATION_FRAME_OCTETS,
  solicitationFrame,
} from './frame.ts'
import { readSpeaker } from './read.ts'
import { Speakers } from './speakers.ts'

/** Calls to all; each is lost now and then. */
const CALLS = 2
/** How long answers to a call or a question come in; hosts that are many spread their answers. */
const LISTEN_MS = 1_000
const LOOK_MS = 20
/** Questions beyond these would outlast the scan of the link. */
const MAX_QUESTIONS = 8_192
const QUESTIONS_AT_ONCE = 64

export const ipv6Neighbour: SweepProbe = {
  kind: 'sweep',
  name: IPV6_PROBE,
  title: 'IPv6 neighbours, everybody on this link',
  transport: 'multicast',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: CALLS + 3,
  yields: ['mac', 'ipv6.address'],
  sweep,
}

async function* sweep(context: ProbeContext): AsyncGenerator<ProbeResult> {
  const { network, scope, signal } = context
  const { ipv6 } = network
  const links = linksOf(network.interfaces()).filter(({ range: [first, last] }) =>
    scope.ranges.some(([from, to]) => from <= last && to >= first),
  )
  if (!ipv6 || links.length === 0) {
    context.rung(null, ipv6 ? 'no link of this machine lies in the scope' : 'the segment is not on a link')
    return
  }
  const rungs = new Set<string>()
  const notes = new Set<string>()
  try {
    for (const [index, link] of links.entries()) {
      const own = ipv6.addresses(link.name)
      if (!own) notes.add(`${link.name} has no address of IPv6`)
      else {
        const rung = yield* sweepLink(link, own, ipv6, context)
        rungs.add(rung)
        if (rung !== RAW)
          notes.add(
            `no raw frames (${network.frameObstacle() ?? 'interface'}): only hosts that this machine knows already`,
          )
      }
      context.progress(index + 1, links.length)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  }
  context.rung([...rungs].join(', ') || null, [...notes].join('; ') || undefined)
}

const RAW = 'raw frames'

async function* sweepLink(
  link: Link,
  own: Ipv6Addresses,
  ipv6: Ipv6Network,
  context: ProbeContext,
): AsyncGenerator<ProbeResult, string> {
  const speakers = new Speakers(own.mac, own.prefixes)
  const ipv4 = macsOn(link, context)
  const known = ((await ipv6.neighbours()) ?? []).filter(({ interfaceName }) => interfaceName === link.name)
  const socket = ipv6.frames(link.name)
  if (!socket) {
    for (const { address, mac } of known) speakers.add(mac, parseIpv6(address) ?? new Uint8Array(16))
    yield* speakers.results(ipv4, context.now())
    return 'neighbour table'
  }
  const source = { mac: own.mac, address: own.linkLocal }
  const identifier = randomInt(0x1_0000)
  const listen = async function* (milliseconds: number): AsyncGenerator<ProbeResult> {
    for (const until = performance.now() + milliseconds; performance.now() < until;) {
      context.signal.throwIfAborted()
      socket.drain((frame) => {
        const speaker = readSpeaker(frame)
        // An echo that answers somebody else proves no less who is there, but may be old.
        if (speaker && (speaker.echo === null || speaker.echo === identifier))
          speakers.add(speaker.mac, speaker.address)
      })
      await pause(LOOK_MS, [context.signal])
    }
    yield* speakers.results(ipv4, context.now())
  }
  const ask = async function* (targets: readonly Uint8Array[]): AsyncGenerator<ProbeResult> {
    for (let offset = 0; offset < Math.min(targets.length, MAX_QUESTIONS); offset += QUESTIONS_AT_ONCE) {
      const some = targets.slice(offset, offset + QUESTIONS_AT_ONCE)
      const frames = Buffer.concat(some.map((target) => solicitationFrame(source, target)))
      await socket.send(frames, SOLICITATION_FRAME_OCTETS, some.length)
      yield* listen(LOOK_MS)
    }
  }
  try {
    for (let call = 0; call < CALLS; call++) {
      const frame = echoFrame(source, identifier, call)
      await socket.send(frame, frame.length, 1)
      yield* listen(LISTEN_MS)
    }
    // Who does not answer calls may have the address that follows from its MAC, or one that the system knows.
    const silent = [...ipv4.keys()].filter((mac) => !speakers.has(mac))
    const remembered = known.flatMap(({ address, mac }) => {
      const octets = parseIpv6(address)
      return octets && !speakers.hasAddress(mac, octets) && isLinkAddress(octets, own) ? [octets] : []
    })
    yield* ask(unique([...silent.map((mac) => addressFromMac(LINK_LOCAL_PREFIX, mac)), ...remembered]))
    yield* listen(LISTEN_MS)
    const derived = [...ipv4.keys()].filter((mac) =>
      speakers.hasAddress(mac, addressFromMac(LINK_LOCAL_PREFIX, mac)),
    )
    const further = own.prefixes.flatMap((prefix) => derived.map((mac) => addressFromMac(prefix, mac)))
    if (further.length > 0) {
      yield* ask(further)
      yield* listen(LISTEN_MS)
    }
  } finally {
    socket.close()
  }
  return RAW
}

/** The MACs that an earlier sweep found on the link, and the first address of each. */
function macsOn(link: Link, { alive }: ProbeContext): Map<Mac, string> {
  const found = new Map<Mac, string>()
  for (const [address, mac] of alive)
    if (mac !== null && !found.has(mac) && isOnLink(parseIpv4(address) ?? 0, link)) found.set(mac, address)
  return found
}

const isLinkAddress = (address: Uint8Array, { prefixes }: Ipv6Addresses): boolean =>
  [LINK_LOCAL_PREFIX, ...prefixes].some((prefix) => prefix.every((octet, at) => address[at] === octet))

const unique = (addresses: readonly Uint8Array[]): Uint8Array[] => [
  ...new Map(addresses.map((address) => [formatIpv6(address), address])).values(),
]
