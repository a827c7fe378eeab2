/** Text that a listening probe reads out of a packet: what is kept of it, and what of an address is worth keeping. */
import { isMulticastMac, isPlaceholderMac, parseMac, type Evidence, type Mac } from '@ophav/shared/value'
import { octetsToText } from './snmp-message/octets-text.ts'

/** Names and descriptions are shorter; a flood of long ones must not fill the table. */
const MAX_TEXT = 1_024

export const readText = (octets: Buffer): string => octetsToText(octets.subarray(0, MAX_TEXT)).trim()

/** Collects evidence; what is empty says nothing. */
export class EvidenceList {
  readonly pieces: Evidence[] = []

  add(kind: string, value: string | null): this {
    if (value !== null && value !== '') this.pieces.push({ kind, value: value.slice(0, MAX_TEXT) })
    return this
  }

  /** A MAC that names one device. */
  addMac(mac: Mac | null): this {
    if (
      mac !== null &&
      namesDevice(mac) &&
      !this.pieces.some(({ kind, value }) => kind === 'mac' && value === mac)
    )
      this.pieces.push({ kind: 'mac', value: mac })
    return this
  }
}

/** A group address (IEEE 802.3) or a placeholder is nobody's. */
export const namesDevice = (mac: Mac): boolean => !isMulticastMac(mac) && !isPlaceholderMac(mac)

/** Six octets that name a device, else null. */
export function readMac(octets: Buffer): Mac | null {
  const mac = octets.length === 6 ? parseMac(octets.toString('hex')) : null
  return mac !== null && namesDevice(mac) ? mac : null
}
