/** LLDP data units (IEEE 802.1AB-2016, clause 8 and annexes; LLDP-MED: ANSI/TIA-1057): what a neighbour says of itself. */
import { formatIpv4, formatIpv6, type Mac } from '@ophav/shared/value'
import { readMac, readText } from '../heard-text.ts'

export interface LldpUnit {
  chassis: string
  chassisMac: Mac | null
  port: string
  portDescription: string
  sysName: string
  sysDescr: string
  /** Enabled capabilities (IEEE 802.1AB-2016 table 8-4). */
  capabilities: number
  addresses: string[]
  /** IEEE 802.1: the VLAN of the port's untagged frames. */
  portVlan: number | null
  /** LLDP-MED inventory, by subtype. */
  inventory: ReadonlyMap<number, string>
}

/** Type 0 ends the unit. */
const END = 0
const CHASSIS = 1
const PORT = 2
const PORT_DESCRIPTION = 4
const SYSTEM_NAME = 5
const SYSTEM_DESCRIPTION = 6
const CAPABILITIES = 7
const MANAGEMENT_ADDRESS = 8
const ORGANISATION = 127
const IEEE_8021 = 0x0080c2
const PORT_VLAN = 1
const TIA = 0x0012bb
const MAX_ADDRESSES = 8

/** @returns null where what must stand first does not: chassis, then port */
export function readUnit(octets: Buffer): LldpUnit | null {
  const unit = {
    chassis: '',
    chassisMac: null as Mac | null,
    port: '',
    portDescription: '',
    sysName: '',
    sysDescr: '',
  }
  const addresses: string[] = []
  const inventory = new Map<number, string>()
  let capabilities = 0
  let portVlan: number | null = null
  let count = 0
  for (let at = 0; at + 2 <= octets.length;) {
    const head = octets.readUInt16BE(at)
    const type = head >> 9
    const end = at + 2 + (head & 0x1ff)
    // What is cut short ends the unit; what came before it counts.
    if (type === END || end > octets.length) break
    const value = octets.subarray(at + 2, end)
    at = end
    count++
    if ((count === 1) !== (type === CHASSIS) || (count === 2) !== (type === PORT)) return null
    if (type === CHASSIS) [unit.chassis, unit.chassisMac] = readId(value, CHASSIS_MAC, CHASSIS_ADDRESS)
    else if (type === PORT) [unit.port] = readId(value, PORT_MAC, PORT_ADDRESS)
    else if (type === PORT_DESCRIPTION) unit.portDescription = readText(value)
    else if (type === SYSTEM_NAME) unit.sysName = readText(value)
    else if (type === SYSTEM_DESCRIPTION) unit.sysDescr = readText(value)
    else if (type === CAPABILITIES && value.length >= 4) capabilities = value.readUInt16BE(2)
    else if (type === MANAGEMENT_ADDRESS && addresses.length < MAX_ADDRESSES)
      addresses.push(...readAddress(value.subarray(1, 1 + (value[0] ?? 0))))
    else if (type === ORGANISATION && value.length > 4) {
      const organisation = value.readUIntBE(0, 3)
      const subtype = value[3] ?? 0
      if (organisation === IEEE_8021 && subtype === PORT_VLAN && value.length >= 6)
        portVlan = value.readUInt16BE(4)
      else if (organisation === TIA) inventory.set(subtype, readText(value.subarray(4)))
    }
  }
  return count < 2 ? null : { ...unit, capabilities, addresses, portVlan, inventory }
}

/** Subtypes of chassis and port (IEEE 802.1AB-2016 tables 8-2 and 8-3) that are no text. */
const CHASSIS_MAC = 4
const CHASSIS_ADDRESS = 5
const PORT_MAC = 3
const PORT_ADDRESS = 4

function readId(value: Buffer, macSubtype: number, addressSubtype: number): [text: string, mac: Mac | null] {
  const subtype = value[0]
  const id = value.subarray(1)
  if (subtype === macSubtype) {
    const mac = readMac(id)
    return [mac ?? id.toString('hex'), mac]
  }
  if (subtype === addressSubtype) return [readAddress(id)[0] ?? id.toString('hex'), null]
  return [readText(id), null]
}

/** IANA address families: 1 is IPv4, 2 is IPv6. */
function readAddress(octets: Buffer): string[] {
  if (octets[0] === 1 && octets.length === 5) return [formatIpv4(octets.readUInt32BE(1))]
  if (octets[0] === 2 && octets.length === 17) return [formatIpv6(octets, 1)]
  return []
}
