/**
 * Hears Ubiquiti's discovery (public descriptions: nmap's ubiquiti-discovery, github.com/nitefood/python-ubnt-discovery):
 * version, command, length, then fields of an octet of type, a 16-bit length and a value. A question has no fields.
 */
import { formatIpv4 } from '@ophav/shared/value'
import { EvidenceList, readMac, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const PORT = 10_001
const HEADER_OCTETS = 4
const MAC = 0x01
const MAC_AND_ADDRESS = 0x02
const MAX_FIELDS = 64
const TEXTS: Readonly<Record<number, string>> = {
  0x03: 'ubnt.firmware',
  0x0b: 'ubnt.hostname',
  0x0c: 'ubnt.platform',
  0x14: 'ubnt.model',
  0x15: 'ubnt.model',
}

export const ubntListen: ListenProbe = {
  kind: 'listen',
  name: 'ubnt-listen',
  title: 'Ubiquiti discovery, heard',
  transport: 'multicast',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'ubnt.address', ...new Set(Object.values(TEXTS))],
  wish: { udpPorts: [PORT], groups: ['01:00:5e:59:bc:01'] },
  datagrams: { port: PORT, group: null },
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  if (payload.length < HEADER_OCTETS || ![1, 2].includes(payload[0] ?? 0)) return 'malformed'
  const list = new EvidenceList().addMac(source)
  for (let at = HEADER_OCTETS, count = 0; at + 3 <= payload.length && count < MAX_FIELDS; count++) {
    const type = payload[at] ?? 0
    const end = at + 3 + payload.readUInt16BE(at + 1)
    if (end > payload.length) return 'malformed'
    const value = payload.subarray(at + 3, end)
    if (type === MAC || type === MAC_AND_ADDRESS) list.addMac(readMac(value.subarray(0, 6)))
    if (type === MAC_AND_ADDRESS && value.length === 10)
      list.add('ubnt.address', formatIpv4(value.readUInt32BE(6)))
    else if (Object.hasOwn(TEXTS, type)) list.add(TEXTS[type] ?? '', readText(value))
    at = end
  }
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}
