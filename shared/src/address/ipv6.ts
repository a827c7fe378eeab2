/** IPv6 addresses: the one written form of RFC 5952. */

/** Writes sixteen octets, from `offset`: lower case, no leading zeros, the longest run of zero groups as `::`. */
export function formatIpv6(octets: Uint8Array, offset = 0): string {
  const groups = Array.from(
    { length: 8 },
    (_, index) => ((octets[offset + 2 * index] ?? 0) << 8) | (octets[offset + 2 * index + 1] ?? 0),
  )
  const [from, length] = longestZeroRun(groups)
  const text = (part: number[]) => part.map((group) => group.toString(16)).join(':')
  // RFC 5952 4.2.2: one group alone is written out.
  if (length < 2) return text(groups)
  return `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`
}

function longestZeroRun(groups: readonly number[]): [from: number, length: number] {
  let best: [number, number] = [0, 0]
  let start = -1
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) {
      if (start < 0) start = index
    } else if (start >= 0) {
      if (index - start > best[1]) best = [start, index - start]
      start = -1
    }
  }
  return best
}
