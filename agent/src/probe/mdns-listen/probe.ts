/** Hears what devices announce over multicast DNS (RFC 6762), and who asks: the questions prove presence alone. */
import type { Packet } from '../packet.ts'
import { EvidenceList } from '../heard-text.ts'
import { ServiceListing } from '../mdns-message/listing.ts'
import { MDNS_GROUP, MDNS_PORT, readResponse } from '../mdns-message/message.ts'
import type { Heard, ListenProbe } from '../probe.ts'

export const mdnsListen: ListenProbe = {
  kind: 'listen',
  name: 'mdns-listen',
  title: 'Multicast DNS, heard',
  transport: 'multicast',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: [
    'mac',
    'hostname',
    'mdns.service',
    'mdns.instance',
    'mdns.deviceInfoTxt',
    'mdns.http.txt',
    'mdns.txt',
  ],
  wish: { udpPorts: [MDNS_PORT], groups: ['01:00:5e:00:00:fb', '33:33:00:00:00:fb'] },
  datagrams: { port: MDNS_PORT, group: MDNS_GROUP },
  hear,
}

function hear({ payload, source, sourceAddress, sourcePort }: Packet): Heard[] | 'malformed' {
  const response = readResponse(payload)
  if (response === 'malformed') return 'malformed'
  const list = new EvidenceList().addMac(source)
  // RFC 6762 6: an answer from another port is nobody's who keeps to the protocol.
  if (response !== null && sourcePort === MDNS_PORT) {
    const listing = new ServiceListing()
    listing.add(response.records)
    list.pieces.push(...listing.evidence())
  }
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}
