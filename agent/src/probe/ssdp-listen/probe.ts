/**
 * Hears SSDP (UPnP Device Architecture 2.0, 1.2 and 1.3): what devices announce and who searches. The document that an
 * announcement points to is not fetched: listening sends nothing.
 */
import { EvidenceList, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const PORT = 1900
/** A message has about ten header lines. */
const MAX_LINES = 64
const MAX_OCTETS = 4_096

export const ssdpListen: ListenProbe = {
  kind: 'listen',
  name: 'ssdp-listen',
  title: 'SSDP, heard',
  transport: 'multicast',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'ssdp.server', 'ssdp.type', 'ssdp.usn', 'ssdp.location', 'ssdp.userAgent'],
  wish: { udpPorts: [PORT], groups: ['01:00:5e:7f:ff:fa', '33:33:00:00:00:0c'] },
  datagrams: { port: PORT, group: '239.255.255.250' },
  blindTo: 'what a switch that snoops IGMP keeps from ports without a member',
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  const [start = '', ...lines] = payload
    .subarray(0, MAX_OCTETS)
    .toString('latin1')
    .split('\n', MAX_LINES)
    .map((line) => line.trim())
  const isSearch = start.startsWith('M-SEARCH ')
  if (!isSearch && !start.startsWith('NOTIFY ')) return 'malformed'
  const headers = new Map<string, string>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim())
  }
  const get = (name: string) => readText(Buffer.from(headers.get(name) ?? '', 'latin1'))
  const list = new EvidenceList().addMac(source)
  if (isSearch) list.add('ssdp.userAgent', get('user-agent'))
  // Who says good-bye was here until now, and says no more about himself.
  else if (get('nts').toLowerCase() === 'ssdp:alive')
    list
      .add('ssdp.server', get('server'))
      .add('ssdp.type', get('nt'))
      .add('ssdp.usn', get('usn'))
      .add('ssdp.location', get('location'))
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}
