/**
 * Hears CDP (Cisco, "Cisco Discovery Protocol Version 2"): version, lifetime, checksum, then fields of type, length and
 * value, where the length counts type and length too.
 */
import { formatIpv4 } from '@ophav/shared/value'
import { EvidenceList, readText } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const CDP = 0x2000
const HEADER_OCTETS = 4
const DEVICE_ID = 0x01
const ADDRESSES = 0x02
const PORT_ID = 0x03
const CAPABILITIES = 0x04
const VERSION = 0x05
const PLATFORM = 0x06
const NATIVE_VLAN = 0x0a
const MANAGEMENT_ADDRESSES = 0x16

/** Router, transparent bridge, source-route bridge, switch. */
const PASSES_ON = 0x01 | 0x02 | 0x04 | 0x08
const MAX_ADDRESSES = 8

export const cdpListen: ListenProbe = {
  kind: 'listen',
  name: 'cdp-listen',
  title: 'CDP, heard',
  transport: 'frame',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: [
    'mac',
    'cdp.deviceId',
    'cdp.platform',
    'cdp.version',
    'cdp.managementAddress',
    'switch.name',
    'switch.port',
    'switch.vlan',
  ],
  wish: { ciscoSnap: [CDP], groups: ['01:00:0c:cc:cc:cc'] },
  hear,
}

function hear({ payload, source }: Packet): Heard[] | 'malformed' {
  if (payload.length < HEADER_OCTETS || ![1, 2].includes(payload[0] ?? 0)) return 'malformed'
  const fields = readFields(payload)
  if (fields.size === 0) return 'malformed'
  const text = (type: number) => readText(fields.get(type) ?? Buffer.alloc(0))
  const addresses = [
    ...new Set([MANAGEMENT_ADDRESSES, ADDRESSES].flatMap((type) => addressesIn(fields.get(type)))),
  ].slice(0, MAX_ADDRESSES)
  const list = new EvidenceList()
    .addMac(source)
    .add('cdp.deviceId', text(DEVICE_ID))
    .add('cdp.platform', text(PLATFORM))
    .add('cdp.version', text(VERSION))
  for (const address of addresses) list.add('cdp.managementAddress', address)
  const heard: Heard = { mac: source, address: addresses[0] ?? null, evidence: list.pieces }
  const capabilities = numberIn(fields.get(CAPABILITIES), 4) ?? 0
  if ((capabilities & PASSES_ON) === 0) return [heard]
  const vlan = numberIn(fields.get(NATIVE_VLAN), 2)
  const ownPort = new EvidenceList()
    .add('switch.name', text(DEVICE_ID))
    .add('switch.port', text(PORT_ID))
    .add('switch.vlan', vlan === null ? null : String(vlan)).pieces
  return [{ ...heard, ownPort }]
}

/** What is cut short ends the message; of two fields of one type the first counts. */
function readFields(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>()
  for (let at = HEADER_OCTETS; at + 4 <= message.length;) {
    const type = message.readUInt16BE(at)
    const end = at + message.readUInt16BE(at + 2)
    if (end < at + 4 || end > message.length) break
    if (!fields.has(type)) fields.set(type, message.subarray(at + 4, end))
    at = end
  }
  return fields
}

const numberIn = (octets: Buffer | undefined, length: number): number | null =>
  octets?.length === length ? octets.readUIntBE(0, length) : null

/** A count; then each with protocol type, protocol length, protocol, address length, address. CC is IPv4. */
function addressesIn(octets: Buffer | undefined): string[] {
  const found: string[] = []
  if (!octets || octets.length < 4) return found
  const count = Math.min(octets.readUInt32BE(0), MAX_ADDRESSES)
  for (let at = 4; found.length < count && at + 2 <= octets.length;) {
    const protocolEnd = at + 2 + (octets[at + 1] ?? 0)
    if (protocolEnd + 2 > octets.length) break
    const length = octets.readUInt16BE(protocolEnd)
    const end = protocolEnd + 2 + length
    if (end > octets.length) break
    if (octets[at + 2] === 0xcc && octets[at + 1] === 1 && length === 4)
      found.push(formatIpv4(octets.readUInt32BE(protocolEnd + 2)))
    at = end
  }
  return found
}
