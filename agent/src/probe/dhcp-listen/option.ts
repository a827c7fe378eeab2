/** DHCP options (RFC 2132) of one message: each code with its octets, pieces of one option put together (RFC 3396). */

/** RFC 2131 3: the message's own fields end here. */
const FIXED_OCTETS = 236
const MAGIC = 0x63825363
const PAD = 0
const END = 255
const OVERLOAD = 52
/** RFC 2131 2: fields that may hold options as well. */
const SERVER_NAME = [44, 108] as const
const BOOT_FILE = [108, 236] as const
/** Longer than any option that is read; pieces beyond it are left out. */
const MAX_OPTION_OCTETS = 1_024

export type Options = ReadonlyMap<number, Buffer>

/** @returns null for what is no DHCP message */
export function readOptions(message: Buffer): Options | null {
  if (message.length < FIXED_OCTETS + 4 || message.readUInt32BE(FIXED_OCTETS) !== MAGIC) return null
  const options = new Map<number, Buffer>()
  readField(message.subarray(FIXED_OCTETS + 4), options)
  const overload = options.get(OVERLOAD)?.[0] ?? 0
  if ((overload & 1) !== 0) readField(message.subarray(...BOOT_FILE), options)
  if ((overload & 2) !== 0) readField(message.subarray(...SERVER_NAME), options)
  return options
}

/** What is cut short ends the field; what came before it counts. */
function readField(field: Buffer, options: Map<number, Buffer>): void {
  for (let at = 0; at < field.length;) {
    const code = field[at] ?? END
    if (code === END) return
    if (code === PAD) {
      at++
      continue
    }
    const length = field[at + 1] ?? 0
    const end = at + 2 + length
    if (end > field.length) return
    const before = options.get(code)
    if ((before?.length ?? 0) + length <= MAX_OPTION_OCTETS)
      options.set(code, Buffer.concat([before ?? Buffer.alloc(0), field.subarray(at + 2, end)]))
    at = end
  }
}

/** Addresses that lie one after the other; 0.0.0.0 says that there is none. */
export function addressesIn(octets: Buffer = Buffer.alloc(0)): string[] {
  const found: string[] = []
  for (let at = 0; at + 4 <= octets.length && found.length < MAX_ADDRESSES; at += 4)
    if (octets.readUInt32BE(at) !== 0) found.push(octets.subarray(at, at + 4).join('.'))
  return found
}

const MAX_ADDRESSES = 16

/** RFC 3442: width of the prefix, its octets that are not all zero, the router. */
export function routesIn(octets: Buffer = Buffer.alloc(0)): string[] {
  const routes: string[] = []
  for (let at = 0; at < octets.length && routes.length < MAX_ADDRESSES;) {
    const width = octets[at] ?? 0
    const significant = Math.ceil(width / 8)
    const end = at + 1 + significant + 4
    if (width > 32 || end > octets.length) break
    const network = Buffer.alloc(4)
    octets.copy(network, 0, at + 1, at + 1 + significant)
    routes.push(`${network.join('.')}/${width} via ${octets.subarray(end - 4, end).join('.')}`)
    at = end
  }
  return routes
}
