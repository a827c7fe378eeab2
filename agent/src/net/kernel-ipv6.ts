/** IPv6 as the operating system offers it: an interface's addresses, frames, and the kernel's table of neighbours. */
import { execFile } from 'node:child_process'
import { networkInterfaces } from 'node:os'
import { promisify } from 'node:util'
import { isLinkLocalIpv6, isPlaceholderMac, parseIpv6, parseMac } from '@ophav/shared/value'
import { openFrameSocket } from './frame/frame-socket.ts'
import { isOnPath } from './neighbour-table.ts'
import type { Ipv6Addresses, Ipv6Network, Neighbour } from './network.ts'

export const kernelIpv6: Ipv6Network = {
  addresses: addressesOf,
  frames: (interfaceName) => openFrameSocket(interfaceName, 'ipv6'),
  neighbours: readIpv6Neighbours,
}

/** RFC 4291 2.5.1: the length that links have. */
const PREFIX_BITS = 64

function addressesOf(interfaceName: string): Ipv6Addresses | null {
  const own = (networkInterfaces()[interfaceName] ?? []).filter(({ family }) => family === 'IPv6')
  const read = own.flatMap(({ address, cidr }) => {
    const octets = parseIpv6(address)
    return octets ? [{ octets, bits: Number(cidr?.split('/')[1] ?? 128) }] : []
  })
  const linkLocal = read.find(({ octets }) => isLinkLocalIpv6(octets))?.octets
  const mac = parseMac(own[0]?.mac ?? '')
  if (!linkLocal || mac === null) return null
  const prefixes = read
    .filter(({ octets, bits }) => bits === PREFIX_BITS && !isLinkLocalIpv6(octets))
    .map(({ octets }) => octets.slice(0, PREFIX_BITS / 8))
  return { mac, linkLocal, prefixes }
}

const IP_TIMEOUT_MS = 5_000
const MAX_OUTPUT_OCTETS = 16 * 1024 * 1024

/** ip-neighbour(8) of iproute2. @returns null where the program is missing or says nothing */
async function readIpv6Neighbours(): Promise<Neighbour[] | null> {
  if (process.platform !== 'linux' || !isOnPath('ip')) return null
  try {
    const options = { timeout: IP_TIMEOUT_MS, maxBuffer: MAX_OUTPUT_OCTETS }
    const { stdout } = await promisify(execFile)('ip', ['-6', 'neighbour', 'show'], options)
    return parseIpNeighbours(stdout)
  } catch {
    return null
  }
}

/** `fe80::1 dev eth0 lladdr 00:25:90:aa:bb:cc router REACHABLE`; what has failed has no lladdr. */
export function parseIpNeighbours(text: string): Neighbour[] {
  return text.split('\n').flatMap((line) => {
    const [address = '', ...words] = line.trim().split(/\s+/)
    const after = (word: string) => words[words.indexOf(word) + 1] ?? ''
    const mac = words.includes('lladdr') ? parseMac(after('lladdr')) : null
    if (mac === null || isPlaceholderMac(mac) || parseIpv6(address) === null) return []
    return words.at(-1) === 'FAILED' ? [] : [{ address, mac, interfaceName: after('dev') }]
  })
}
