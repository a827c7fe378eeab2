/** Calls out to everybody on this machine's links, and hears what services they offer. */
import { errorCode, parseIpv4 } from '@ophav/shared/value'
import { isOnLink, linksOf, type Link } from '../../net/link.ts'
import type { UdpSocket } from '../../net/network.ts'
import { pause } from '../exchange.ts'
import { ENUMERATION, ServiceListing } from '../mdns-message/listing.ts'
import { encodeQuery, MDNS_GROUP, MDNS_PORT, readResponse, type Ask } from '../mdns-message/message.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'

/** RFC 6762 5.2: a second lies between a question and its repetition. Each round follows up what the last one told. */
const ROUNDS = 3
const ROUND_MS = 1_000
/** RFC 6762 17: a message fits a frame; this many questions do. */
const QUESTIONS_AT_ONCE = 20
/** Follow-up messages in one round: a large office offers a few hundred instances. */
const MESSAGES_PER_ROUND = 16
/** A segment has no more hosts; a flood of forged senders ends here. */
const MAX_HOSTS = 65_536

/** Types that devices offer without listing them. */
const COMMON_TYPES = [
  '_axis-video._tcp',
  '_rtsp._tcp',
  '_http._tcp',
  '_ipp._tcp',
  '_printer._tcp',
  '_pdl-datastream._tcp',
  '_airplay._tcp',
  '_googlecast._tcp',
  '_smb._tcp',
  '_workstation._tcp',
  '_device-info._tcp',
  '_sip._udp',
]

export const mdns: SweepProbe = {
  kind: 'sweep',
  name: 'mdns',
  title: 'Multicast DNS, one call to the segment',
  transport: 'multicast',
  ports: [MDNS_PORT],
  privilege: 'none',
  packetsPerDevice: 1 + ROUNDS * MESSAGES_PER_ROUND,
  yields: [
    'mdns.service',
    'mdns.instance',
    'mdns.deviceInfoTxt',
    'mdns.http.txt',
    'mdns.txt',
    'hostname',
    'mac',
  ],
  sweep,
}

type Hosts = Map<string, ServiceListing | 'malformed'>

async function* sweep(context: ProbeContext): AsyncGenerator<ProbeResult> {
  const links = linksOf(context.network.interfaces()).filter((link) => overlaps(link, context))
  const hosts: Hosts = new Map()
  const sockets: UdpSocket[] = []
  let obstacle = links.length === 0 ? 'no link of this machine lies in the scope' : undefined
  try {
    for (const link of links) {
      const socket = await join(link, context).catch((error: unknown) => {
        obstacle = `no multicast on ${link.name}: ${errorCode(error) ?? 'refused'}`
      })
      if (!socket) continue
      sockets.push(socket)
      socket.onDatagram(({ address, data }) => hear(hosts, link, address, data))
    }
    context.rung(sockets.length > 0 ? 'multicast' : null, obstacle)
    await converse(sockets, hosts, context)
  } finally {
    for (const socket of sockets) socket.close()
  }
  for (const [address, listing] of hosts) yield resultOf(address, listing, context.now())
}

const overlaps = ({ range: [first, last] }: Link, { scope }: ProbeContext): boolean =>
  scope.ranges.some(([from, to]) => from <= last && to >= first)

function join({ address }: Link, { network }: ProbeContext): Promise<UdpSocket> {
  const interfaceAddress = [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.')
  return network.udp({ budget: 'sweep', port: MDNS_PORT, multicast: { group: MDNS_GROUP, interfaceAddress } })
}

/** RFC 6762 11: who is not on the link is not listened to. */
function hear(hosts: Hosts, link: Link, address: string, data: Buffer): void {
  const number = parseIpv4(address)
  if (number === null || !isOnLink(number, link) || number === link.address) return
  const response = readResponse(data)
  const known = hosts.get(address)
  if (response === null || (!known && hosts.size >= MAX_HOSTS)) return
  if (response === 'malformed') return void (known ?? hosts.set(address, 'malformed'))
  const listing = known instanceof ServiceListing ? known : new ServiceListing()
  hosts.set(address, listing)
  listing.add(response.records)
}

async function converse(sockets: readonly UdpSocket[], hosts: Hosts, context: ProbeContext): Promise<void> {
  const first = [ENUMERATION, ...COMMON_TYPES.map((type): Ask => ({ name: `${type}.local`, type: 'PTR' }))]
  for (let round = 0; round < ROUNDS && sockets.length > 0 && !context.signal.aborted; round++) {
    const asks = round === 0 ? first : followUps(hosts)
    for (let offset = 0, sent = 0; offset < asks.length && sent < MESSAGES_PER_ROUND; sent++) {
      const message = encodeQuery(0, asks.slice(offset, offset + QUESTIONS_AT_ONCE))
      for (const socket of sockets) await socket.send(message, MDNS_PORT, MDNS_GROUP)
      offset += QUESTIONS_AT_ONCE
    }
    await pause(ROUND_MS, [context.signal])
    context.progress(round + 1, ROUNDS)
  }
}

/** What all hosts together leave open, each question once. */
function followUps(hosts: Hosts): Ask[] {
  const asks = new Map<string, Ask>([[`PTR ${ENUMERATION.name}`, ENUMERATION]])
  for (const listing of hosts.values())
    if (listing !== 'malformed') for (const ask of listing.next()) asks.set(`${ask.type} ${ask.name}`, ask)
  return [...asks.values()]
}

const resultOf = (
  address: string,
  listing: ServiceListing | 'malformed',
  observedAt: number,
): ProbeResult => ({
  address,
  mac: null,
  outcome: listing === 'malformed' ? 'malformed' : 'answered',
  evidence: listing === 'malformed' ? [] : listing.evidence(),
  observedAt,
})
