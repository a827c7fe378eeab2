/** Hears who asks and answers with ARP (RFC 826): every IPv4 device does, those of other networks too. */
import { formatIpv4, formatMac } from '@ophav/shared/value'
import { EvidenceList, namesDevice } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const ETHERTYPE_ARP = 0x0806
const HARDWARE_ETHERNET = 1
const PROTOCOL_IPV4 = 0x0800
const OCTETS = 28

export const arpListen: ListenProbe = {
  kind: 'listen',
  name: 'arp-listen',
  title: 'ARP, heard',
  transport: 'frame',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'arp.frameSource'],
  wish: { etherTypes: [ETHERTYPE_ARP] },
  blindTo: 'devices that broadcast nothing meanwhile',
  hear,
}

function hear({ payload, source }: Packet): Heard[] | 'malformed' {
  if (
    payload.length < OCTETS ||
    payload.readUInt16BE(0) !== HARDWARE_ETHERNET ||
    payload.readUInt16BE(2) !== PROTOCOL_IPV4 ||
    payload[4] !== 6 ||
    payload[5] !== 4
  )
    return 'malformed'
  const mac = formatMac(payload, 8)
  if (!namesDevice(mac)) return []
  // RFC 5227 2.1.1: who looks whether an address is free has none yet.
  const address = payload.readUInt32BE(14)
  const list = new EvidenceList().addMac(mac)
  // Another sender in the frame than in the message: a proxy, a bridge that rewrites, or somebody who lies.
  if (source !== null && source !== mac) list.add('arp.frameSource', source)
  return [{ mac, address: address === 0 ? null : formatIpv4(address), evidence: list.pieces }]
}
