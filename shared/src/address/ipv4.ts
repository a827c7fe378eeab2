/** IPv4 addresses as unsigned 32-bit numbers: the form the sweeps count in. */

/**
 * Reads a dotted-decimal address; octets with leading zeros are refused, because programs differ in
 * reading them as octal (RFC 6943 3.1.1).
 * @returns the address as an unsigned number, or null.
 */
export function parseIpv4(text: string): number | null {
  let address = 0
  let octet = -1
  let octets = 1
  if (text.length > 15) return null
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 46) {
      if (octet < 0 || octets === 4) return null
      address = address * 256 + octet
      octet = -1
      octets++
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return null
      octet = octet < 0 ? code - 48 : octet * 10 + code - 48
      if (octet > 255) return null
    } else return null
  }
  return octets === 4 && octet >= 0 ? address * 256 + octet : null
}

/** Writes an unsigned 32-bit number as a dotted-decimal address. */
export const formatIpv4 = (address: number): string =>
  `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
