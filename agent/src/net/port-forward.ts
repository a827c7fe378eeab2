/** A segment that is reached through port forwards on loopback: tunnels, and the demonstration. */
import { readFileSync } from 'node:fs'
import { OphavError, parseAs } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import type { Network } from './network.ts'

const Port = Type.Integer({ minimum: 1, maximum: 65_535 })

export const PortForwards = Type.Array(
  Type.Object(
    {
      /** The device's own address. */
      address: Type.String({ maxLength: 15, pattern: '^[0-9]+(\\.[0-9]+){3}$' }),
      port: Port,
      /** The loopback port behind which it answers. A forward leads to loopback and nowhere else. */
      to: Port,
    },
    { additionalProperties: false },
  ),
  { maxItems: 200_000 },
)
export type PortForwards = Static<typeof PortForwards>

/** @throws OphavError `forward.invalid` */
export function readPortForwards(path: string): PortForwards {
  let document: unknown
  try {
    document = JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new OphavError('forward.invalid', { path, problem: (cause as Error).message }, { cause })
  }
  return parseAs(PortForwards, document, 'forward.invalid')
}

const LOOPBACK = '127.0.0.1'

/**
 * What is sent to an address and port with a forward goes there. A device that has forwards, and none for this port,
 * cannot be reached on it; an address without any finds nobody.
 */
export function forwardNetwork(network: Network, forwards: PortForwards): Network {
  const there = new Map(forwards.map(({ address, port, to }) => [`${address} ${port}`, to]))
  const known = new Set(forwards.map(({ address }) => address))
  const back = new Map(forwards.map(({ address, port, to }) => [to, { address, port }]))
  return {
    interfaces: () => [],
    linkStates: () => null,
    neighbours: async () => [],
    lookUp: async () => null,
    frames: () => null,
    frameObstacle: () => 'forwarded',
    async tcp(address, port, options) {
      const to = there.get(`${address} ${port}`)
      if (to !== undefined) return network.tcp(LOOPBACK, to, options)
      return { outcome: known.has(address) ? 'unreachable' : 'timed-out', connection: null }
    },
    async udp(options) {
      // Multicast does not pass a forward: the socket listens and hears nobody.
      const { multicast: _, port: __, ...rest } = options
      const socket = await network.udp(rest)
      return {
        ...socket,
        async send(data, port, address) {
          const to = there.get(`${address} ${port}`)
          return to === undefined ? !known.has(address) : socket.send(data, to, LOOPBACK)
        },
        onDatagram: (listener) =>
          socket.onDatagram(({ data, address, port }) => {
            const from = address === LOOPBACK ? back.get(port) : undefined
            if (from) listener({ data, ...from })
          }),
      }
    },
  }
}
