/**
 * Hears IPv6 neighbour discovery (RFC 4861) and multicast listener reports (RFC 2710, RFC 3810): hosts that come up,
 * routers that advertise.
 */
import { formatIpv6, type Mac } from '@ophav/shared/value'
import { EvidenceList, readMac } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const MLD_REPORT = 131
const MLD_DONE = 132
const ROUTER_SOLICITATION = 133
const ROUTER_ADVERTISEMENT = 134
const NEIGHBOUR_SOLICITATION = 135
const NEIGHBOUR_ADVERTISEMENT = 136
const MLD2_REPORT = 143

const SOURCE_LINK_ADDRESS = 1
const TARGET_LINK_ADDRESS = 2
const PREFIX = 3
/** RFC 8106. */
const DNS_SERVER = 25
/** RFC 4861 6.1 and 7.1: nobody beyond the link can send this. */
const ON_LINK_HOP_LIMIT = 255
const MAX_OPTIONS = 32

export const ndListen: ListenProbe = {
  kind: 'listen',
  name: 'nd-listen',
  title: 'IPv6 neighbour discovery, heard',
  transport: 'frame',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'ra.lifetime', 'ra.prefix', 'ra.dnsServer', 'ra.managed', 'nd.tentative'],
  wish: {
    icmpv6Types: [
      MLD_REPORT,
      MLD_DONE,
      ROUTER_SOLICITATION,
      ROUTER_ADVERTISEMENT,
      NEIGHBOUR_SOLICITATION,
      NEIGHBOUR_ADVERTISEMENT,
      MLD2_REPORT,
    ],
    groups: ['33:33:00:00:00:01', '33:33:00:00:00:02', '33:33:00:00:00:16'],
  },
  blindTo: 'questions for single neighbours, which cards and switches pass only to those',
  hear,
}

function hear(packet: Packet): Heard[] | 'malformed' {
  const { payload, source, hopLimit } = packet
  const type = payload[0]
  const sender = packet.sourceAddress === '::' ? null : packet.sourceAddress
  const list = new EvidenceList().addMac(source)
  const heard: Heard = { mac: source, address: sender, evidence: list.pieces }
  if (type === MLD_REPORT || type === MLD_DONE || type === MLD2_REPORT) return [heard]
  if (hopLimit !== ON_LINK_HOP_LIMIT) return 'malformed'
  if (type === ROUTER_SOLICITATION) return [heard]
  if (type === ROUTER_ADVERTISEMENT) return hearRouter(payload, heard, list)
  if (payload.length < 24) return 'malformed'
  const target = formatIpv6(payload, 8)
  if (type === NEIGHBOUR_SOLICITATION) {
    // RFC 4862 5.4: who asks without an address looks whether the one that it wants is free.
    if (sender === null) list.add('nd.tentative', target)
    return [heard]
  }
  if (type !== NEIGHBOUR_ADVERTISEMENT) return []
  // A proxy answers with its own frame for somebody else's address (RFC 4861 7.2.8).
  const mac = linkAddressIn(payload.subarray(24), TARGET_LINK_ADDRESS) ?? source
  return [{ mac, address: target, evidence: new EvidenceList().addMac(mac).pieces }]
}

function hearRouter(payload: Buffer, heard: Heard, list: EvidenceList): Heard[] | 'malformed' {
  if (payload.length < 16) return 'malformed'
  list.add('ra.lifetime', String(payload.readUInt16BE(6)))
  if (((payload[5] ?? 0) & 0x80) !== 0) list.add('ra.managed', 'yes')
  for (const { type, value } of optionsIn(payload.subarray(16))) {
    if (type === PREFIX && value.length === 30) list.add('ra.prefix', `${formatIpv6(value, 14)}/${value[0]}`)
    else if (type === DNS_SERVER)
      for (let at = 6; at + 16 <= value.length; at += 16) list.add('ra.dnsServer', formatIpv6(value, at))
    else if (type === SOURCE_LINK_ADDRESS) list.addMac(readMac(value.subarray(0, 6)))
  }
  return [heard]
}

const linkAddressIn = (options: Buffer, wanted: number): Mac | null => {
  const found = optionsIn(options).find(({ type }) => type === wanted)
  return found ? readMac(found.value.subarray(0, 6)) : null
}

/** RFC 4861 4.6: type, length in units of eight octets, value; a length of zero would never end. */
function optionsIn(octets: Buffer): { type: number; value: Buffer }[] {
  const options: { type: number; value: Buffer }[] = []
  for (let at = 0; at + 8 <= octets.length && options.length < MAX_OPTIONS;) {
    const end = at + (octets[at + 1] ?? 0) * 8
    if (end === at || end > octets.length) break
    options.push({ type: octets[at] ?? 0, value: octets.subarray(at + 2, end) })
    at = end
  }
  return options
}
