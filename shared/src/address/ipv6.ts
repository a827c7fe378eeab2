/** IPv6 addresses as sixteen octets, and their one written form (RFC 5952). */
import { isIPv6 } from 'node:net'

export const IPV6_OCTETS = 16

/**
 * Reads an address; a zone (`%eth0`) is left away.
 * @returns sixteen octets, or null.
 */
export function parseIpv6(text: string): Uint8Array | null {
  const plain = text.split('%', 1)[0] ?? ''
  if (plain.length > 45 || !isIPv6(plain)) return null
  const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::')
  const groups = (part: string | undefined) =>
    part ? part.split(':').map((group) => parseInt(group, 16)) : []
  const [before, after] = [groups(head), groups(tail)]
  const missing = IPV6_OCTETS / 2 - before.length - after.length
  const all = [...before, ...Array.from({ length: missing }, () => 0), ...after]
  return Uint8Array.from(all.flatMap((group) => [group >>> 8, group & 0xff]))
}

/** Writes sixteen octets, from `offset`, in the form of RFC 5952. */
export function formatIpv6(octets: Uint8Array, offset = 0): string {
  const groups = Array.from({ length: IPV6_OCTETS / 2 }, (_, index) =>
    (((octets[offset + index * 2] ?? 0) << 8) | (octets[offset + index * 2 + 1] ?? 0)).toString(16),
  )
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

/** fe80::/10 (RFC 4291 2.5.6). */
export const isLinkLocalIpv6 = (octets: Uint8Array, offset = 0): boolean =>
  octets[offset] === 0xfe && ((octets[offset + 1] ?? 0) & 0xc0) === 0x80
