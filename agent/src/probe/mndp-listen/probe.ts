/**
 * Hears MikroTik's neighbour discovery (MNDP, help.mikrotik.com "Neighbor discovery"): four octets, then fields of a
 * 16-bit type, a 16-bit length and a value.
 */
import { EvidenceList, readMac, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const PORT = 5678
const HEADER_OCTETS = 4
const MAC = 1
const MAX_FIELDS = 64
const TEXTS: Readonly<Record<number, string>> = {
  5: 'mndp.identity',
  7: 'mndp.version',
  8: 'mndp.platform',
  12: 'mndp.board',
}

export const mndpListen: ListenProbe = {
  kind: 'listen',
  name: 'mndp-listen',
  title: 'MNDP, heard',
  transport: 'udp',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', ...Object.values(TEXTS)],
  wish: { udpPorts: [PORT] },
  datagrams: { port: PORT, group: null },
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  const list = new EvidenceList().addMac(source)
  for (let at = HEADER_OCTETS, count = 0; at + 4 <= payload.length && count < MAX_FIELDS; count++) {
    const type = payload.readUInt16BE(at)
    const end = at + 4 + payload.readUInt16BE(at + 2)
    if (end > payload.length) return 'malformed'
    const value = payload.subarray(at + 4, end)
    if (type === MAC) list.addMac(readMac(value))
    else if (Object.hasOwn(TEXTS, type)) list.add(TEXTS[type] ?? '', readText(value))
    at = end
  }
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}
