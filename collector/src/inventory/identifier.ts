/** What can tell one device from another, in the order of its strength, and what only seems to. */
import { isIdentifyingMac, parseMac, type Evidence, type Mac } from '@ophav/shared'

export interface Identifier {
  kind: 'serial' | 'engine-id' | 'uuid' | 'host-key' | 'mac' | 'asset'
  value: string
}

/** Stronger first: what a device says about itself before the address of one of its network cards. */
const STRENGTH: Readonly<Record<Identifier['kind'], number>> = {
  serial: 5,
  uuid: 4,
  'host-key': 4,
  'engine-id': 3,
  asset: 2,
  mac: 1,
}

export const strengthOf = (identifier: Identifier): number => STRENGTH[identifier.kind]

/** The facts from which identifiers are made: an identity's serial with its maker, and raw evidence. */
export interface IdentifierSource {
  maker: string | null
  serial: string | null
  mac: Mac | null
  evidence: readonly Evidence[]
}

/** @returns identifiers, strongest first and each once. */
export function identifiersOf({ maker, serial, mac, evidence }: IdentifierSource): Identifier[] {
  const found: Identifier[] = []
  const serialValue = serialIdentifier(maker, serial)
  if (serialValue !== null) found.push({ kind: 'serial', value: serialValue })
  for (const { kind, value } of evidence) {
    if (typeof value !== 'string') continue
    if (kind === 'snmp.engineID' && isUniqueEngineId(value)) {
      found.push({ kind: 'engine-id', value: value.toLowerCase() })
      pushMac(found, macInEngineId(value))
    } else if (kind === 'mac') pushMac(found, parseMac(value))
  }
  pushMac(found, mac)
  const unique = new Map(found.map((identifier) => [`${identifier.kind} ${identifier.value}`, identifier]))
  return [...unique.values()].sort((a, b) => strengthOf(b) - strengthOf(a))
}

function pushMac(found: Identifier[], mac: Mac | null): void {
  if (mac !== null && isIdentifyingMac(mac)) found.push({ kind: 'mac', value: mac })
}

/** Serials that firmware, assemblers and people write where there is none. */
const PLACEHOLDER_SERIAL =
  /^(?:n\/?a|none|null|unknown|default( string)?|not (?:specified|available|applicable)|to be filled.*|system serial number|serial( ?number)?|sn|chassis serial number|0?123456789(?:0|abcdef)?|invalid|empty|xxx+|\?+|-+|\.+)$/i

/** Shorter serials are counters and slot numbers. */
const MIN_SERIAL_LENGTH = 5

/** Two makers may give the same number: a serial identifies only together with its maker. */
export function serialIdentifier(maker: string | null, serial: string | null): string | null {
  if (maker === null || serial === null) return null
  const plain = serial.trim().toUpperCase()
  if (plain.length < MIN_SERIAL_LENGTH || plain.length > 80) return null
  if (PLACEHOLDER_SERIAL.test(plain) || isOneCharacter(plain.replace(/[\s-]/g, ''))) return null
  return `${maker} ${plain}`
}

const isOneCharacter = (text: string): boolean => new Set(text).size <= 1

/** RFC 3411 5, SnmpEngineID: the format whose octets are a MAC. */
const MAC_FORMAT = 3

function macInEngineId(hex: string): Mac | null {
  const octets = Buffer.from(hex, 'hex')
  return octets[4] === MAC_FORMAT && octets.length === 11 ? parseMac(octets.toString('hex', 5)) : null
}

/**
 * Whether an engineID (RFC 3411 5, SnmpEngineID) is one device's own: formats 3 (MAC) and 5 (octets), and net-snmp's
 * random 128 (8072), are made for one engine. Formats 1, 2 and 4 carry addresses and administrators' texts, which
 * repeat behind NAT and on cloned configurations.
 */
export function isUniqueEngineId(hex: string): boolean {
  const octets = Buffer.from(hex, 'hex')
  if (octets.length < 9 || octets.length > 32 || octets.length * 2 !== hex.length) return false
  if (((octets[0] ?? 0) & 0x80) === 0) return false
  const format = octets[4] ?? 0
  const rest = octets.subarray(5)
  if (rest.every((octet) => octet === rest[0])) return false
  if (format === MAC_FORMAT) {
    const mac = macInEngineId(hex)
    return mac !== null && isIdentifyingMac(mac)
  }
  return (format === 5 || format >= 128) && rest.length >= 8
}
