/** Whether a link is alive, and who its routers are: what tells an empty segment from one that was not reached. */
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { interfaceNames, isSysfsOurs, SYSFS } from './interface-list.ts'
import type { LinkState } from './network.ts'

/** Linux: proc(5). Destination, gateway and mask are 32-bit numbers in the machine's own octet order. */
const ROUTES = 'proc/net/route'
/** RTF_GATEWAY of route.h. */
const GATEWAY_FLAG = 0x2

/**
 * @param root where the system's files are
 * @param running names of interfaces that are up and have a carrier and an address
 * @returns null where the system does not tell
 */
export function readLinkStates(
  root = '/',
  running: readonly string[] = Object.keys(networkInterfaces()),
): LinkState[] | null {
  const names = interfaceNames(root)
  const routes = readOr(join(root, ROUTES), null)
  if (names === null || routes === null) return null
  const rows = parseRoutes(routes)
  const hasSysfs = isSysfsOurs(root)
  // Reading it fails while the interface is down.
  const hasCarrier = (name: string) =>
    running.includes(name) || (hasSysfs && readOr(join(root, SYSFS, name, 'carrier'), '0').trim() === '1')
  return names.map((name) => {
    const own = rows.filter((row) => row.interfaceName === name)
    return {
      name,
      hasCarrier: hasCarrier(name),
      ranges: own.filter(({ isGateway }) => !isGateway).map(({ range }) => range),
      gateways: own.filter(({ isGateway }) => isGateway).map(({ gateway }) => gateway),
    }
  })
}

function readOr<T>(path: string, otherwise: T): string | T {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

interface RouteRow {
  interfaceName: string
  isGateway: boolean
  gateway: number
  range: readonly [first: number, last: number]
}

export function parseRoutes(text: string): RouteRow[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [interfaceName = '', to = '', via = '', flags = '', , , , bits = ''] = line.trim().split(/\s+/)
      const [destination, gateway, mask] = [to, via, bits].map(hostOrder)
      if (destination === undefined || gateway === undefined || mask === undefined) return []
      const first = (destination & mask) >>> 0
      return [
        {
          interfaceName,
          isGateway: (Number.parseInt(flags, 16) & GATEWAY_FLAG) !== 0,
          gateway,
          range: [first, (first | ~mask) >>> 0] as const,
        },
      ]
    })
}

/** All machines that this runs on are little-endian. @returns undefined for what is no number */
function hostOrder(hex: string): number | undefined {
  return /^[0-9A-Fa-f]{8}$/.test(hex) ? Buffer.from(hex, 'hex').readUInt32LE(0) : undefined
}
