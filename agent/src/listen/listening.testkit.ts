/** For tests: interfaces on which frames and datagrams wait, as a test has put them there. */
import type { Mac } from '@ophav/shared/value'
import type { DatagramListenOptions, Listening, OnDatagram } from '../net/listening.ts'
import type { LocalInterface, Neighbour } from '../net/network.ts'

export const OWN_MAC = '00:25:90:ff:00:01'

export const seg0: LocalInterface = {
  name: 'seg0',
  address: '10.41.0.254',
  prefix: 24,
  mac: OWN_MAC,
  internal: false,
}

export interface FakeWire {
  interfaces?: LocalInterface[]
  /** Null: there are no frames. */
  obstacle?: string | null
  /** Taken from the front as they are read; an endless one never runs dry. */
  frames?: Iterator<Buffer>
  vlan?: number | null
  lost?: number
  neighbours?: Neighbour[] | null
  datagrams?: (options: DatagramListenOptions) => 'heard' | 'not-joined' | 'refused'
}

/** Hands datagrams to those who listen on their port. */
export class FakeListening implements Listening {
  readonly #wire: FakeWire
  readonly opened: string[] = []
  closed = 0
  readonly #ears = new Map<number, OnDatagram>()

  constructor(wire: FakeWire) {
    this.#wire = wire
  }

  interfaces = () => this.#wire.interfaces ?? [seg0]
  frameObstacle = () => this.#wire.obstacle ?? null
  neighbours = async () => this.#wire.neighbours ?? null

  frames(interfaceName: string) {
    if (this.#wire.obstacle != null) return null
    this.opened.push(interfaceName)
    const { frames, vlan = null, lost = 0 } = this.#wire
    const mac: Mac = OWN_MAC
    return {
      interfaceName,
      mac,
      drain(limit: number, onFrame: (frame: Buffer, vlan: number | null) => void) {
        for (let heard = 0; heard < limit; heard++) {
          const next = frames?.next()
          if (!next || next.done) return heard
          onFrame(next.value, vlan)
        }
        return limit
      },
      statistics: () => ({ received: 0, lost }),
      close: () => void this.closed++,
    }
  }

  async datagrams(options: DatagramListenOptions) {
    const answer = this.#wire.datagrams?.(options) ?? 'refused'
    if (answer !== 'heard') return answer
    return {
      onDatagram: (listener: OnDatagram) => void this.#ears.set(options.port, listener),
      close: () => void this.closed++,
    }
  }

  say(port: number, address: string, data: Uint8Array): void {
    this.#ears.get(port)?.(address, port, Buffer.from(data))
  }
}
