/** MAC addresses (IEEE 802): parsing, writing, and the kinds that identify no single device. */

/** A MAC address in its one written form here: lower case, colons. */
export type Mac = string

const SEPARATED =
  /^([0-9a-f]{1,2})([:-])([0-9a-f]{1,2})\2([0-9a-f]{1,2})\2([0-9a-f]{1,2})\2([0-9a-f]{1,2})\2([0-9a-f]{1,2})$/i
const CISCO = /^([0-9a-f]{4})\.([0-9a-f]{4})\.([0-9a-f]{4})$/i
const BARE = /^(?:0x)?([0-9a-f]{12})$/i

/**
 * Reads a MAC in any customary notation: `44:19:b6:0:0:1`, `44-19-B6-00-00-01`, `4419.b600.0001`,
 * `4419b6000001`.
 * @returns the address in lower case with colons, or null when the text is no MAC.
 */
export function parseMac(text: string): Mac | null {
  if (text.length > 24) return null
  const trimmed = text.trim()
  const separated = SEPARATED.exec(trimmed)
  if (separated) {
    const octets = [1, 3, 4, 5, 6, 7].map((group) => (separated[group] ?? '').padStart(2, '0'))
    return octets.join(':').toLowerCase()
  }
  const cisco = CISCO.exec(trimmed)
  const bare = cisco ? `${cisco[1]}${cisco[2]}${cisco[3]}` : BARE.exec(trimmed)?.[1]
  return bare === undefined ? null : formatMac(Buffer.from(bare, 'hex'))
}

/** Writes six octets, from `offset`, as a MAC address. */
export function formatMac(octets: Uint8Array, offset = 0): Mac {
  let text = ''
  for (let index = 0; index < 6; index++) {
    const octet = octets[offset + index] ?? 0
    text += (index === 0 ? '' : ':') + (octet < 16 ? '0' : '') + octet.toString(16)
  }
  return text
}

/** The first octet of a MAC in this module's form. */
const firstOctet = (mac: Mac): number => Number.parseInt(mac.slice(0, 2), 16)

/** Group addresses (I/G bit, IEEE 802-2014 8.2.2) belong to no device. */
export const isMulticastMac = (mac: Mac): boolean => (firstOctet(mac) & 1) === 1

/** Locally administered addresses (U/L bit) carry no maker and may be random. */
export const isLocallyAdministeredMac = (mac: Mac): boolean => (firstOctet(mac) & 2) === 2

/**
 * Addresses that several routers share: VRRP (RFC 9568), HSRP v1 and v2, GLBP, CARP (which uses
 * VRRP's). They name a virtual router and never one device.
 */
export function isVirtualRouterMac(mac: Mac): boolean {
  return (
    mac.startsWith('00:00:5e:00:01:') ||
    mac.startsWith('00:00:5e:00:02:') ||
    mac.startsWith('00:00:0c:07:ac:') ||
    mac.startsWith('00:00:0c:9f:f') ||
    mac.startsWith('00:05:73:a0:0') ||
    mac.startsWith('00:07:b4:')
  )
}

/** All zeros or all ones: placeholders that firmware writes where an address is missing. */
export const isPlaceholderMac = (mac: Mac): boolean =>
  mac === '00:00:00:00:00:00' || mac === 'ff:ff:ff:ff:ff:ff'

/** Whether a MAC may identify one device: global, unicast, not shared, not a placeholder. */
export const isIdentifyingMac = (mac: Mac): boolean =>
  !isMulticastMac(mac) && !isLocallyAdministeredMac(mac) && !isVirtualRouterMac(mac) && !isPlaceholderMac(mac)
