/** Hears NetBIOS names (RFC 1002 4.2): who registers or refreshes a name says its own; a question proves presence alone. */
import { EvidenceList, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const PORT = 137
const HEADER_OCTETS = 12
/** RFC 1002 4.1: 32 letters of half an octet each, and a NUL for the scope. */
const NAME_OCTETS = 34
const LETTERS = 32
/** RFC 1002 4.2.1.1: opcodes with which a name is taken and kept. */
const OWN_NAME_OPCODES = new Set([
  5 /* registration */, 8, 9 /* refresh */, 15 /* multi-homed registration */,
])
/** Suffixes of names that are the machine's own: workstation and file server. */
const MACHINE_SUFFIXES = new Set([0x00, 0x20])
/** In the flags of the record: a name of many. */
const IS_GROUP = 0x8000

export const nbnsListen: ListenProbe = {
  kind: 'listen',
  name: 'nbns-listen',
  title: 'NetBIOS names, heard',
  transport: 'udp',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'nbns.name', 'nbns.group'],
  wish: { udpPorts: [PORT] },
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  if (payload.length < HEADER_OCTETS) return 'malformed'
  const flags = payload.readUInt16BE(2)
  const list = new EvidenceList().addMac(source)
  const isRequest = (flags & 0x8000) === 0
  if (isRequest && OWN_NAME_OPCODES.has((flags >> 11) & 0x0f)) {
    const name = readName(payload.subarray(HEADER_OCTETS, HEADER_OCTETS + NAME_OCTETS))
    if (name === null) return 'malformed'
    // Behind question (type, class) and record (pointer, type, class, lifetime, length) stand the name's flags.
    const at = HEADER_OCTETS + NAME_OCTETS + 4 + 2 + 2 + 2 + 4 + 2
    const isGroup = payload.length >= at + 2 && (payload.readUInt16BE(at) & IS_GROUP) !== 0
    if (isGroup) list.add('nbns.group', name.text)
    else if (MACHINE_SUFFIXES.has(name.suffix)) list.add('nbns.name', name.text)
  }
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}

function readName(octets: Buffer): { text: string; suffix: number } | null {
  if (octets.length < NAME_OCTETS || octets[0] !== LETTERS) return null
  const name = Buffer.alloc(LETTERS / 2)
  for (let index = 0; index < name.length; index++) {
    const high = (octets[1 + 2 * index] ?? 0) - 0x41
    const low = (octets[2 + 2 * index] ?? 0) - 0x41
    if (high < 0 || high > 15 || low < 0 || low > 15) return null
    name[index] = (high << 4) | low
  }
  return { text: readText(name.subarray(0, 15)), suffix: name[15] ?? 0 }
}
