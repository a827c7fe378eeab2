import { DEFAULT_LATENCY, OphavError, POLITE_PACE, FULL_PACE } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeviceWatch } from '../scan/device-watch.ts'
import { createPacer } from '../scan/pace.ts'
import { approvedScope } from '../scan/scope.ts'
import { DeviceTurn } from './device-turn.ts'
import { guardNetwork } from './guarded-network.ts'
import type { Network } from './network.ts'
import { PacketAccount } from './packet-account.ts'

/** A wire that remembers what reached it. */
function wire(): { network: Network; sent: string[]; frames: Buffer[] } {
  const sent: string[] = []
  const frames: Buffer[] = []
  const network: Network = {
    interfaces: () => [],
    linkStates: () => null,
    tcp: async (address, port) => {
      sent.push(`tcp ${address} ${port}`)
      return { outcome: 'refused', connection: null }
    },
    neighbours: async () => [],
    frameObstacle: () => null,
    lookUp: async (address) => {
      sent.push(`lookup ${address}`)
      return null
    },
    udp: async () => ({
      send: async (_data, port, address) => {
        sent.push(`${address} ${port}`)
        return true
      },
      onDatagram: () => {},
      onRefused: () => {},
      close: () => {},
    }),
    frames: () => ({
      interfaceName: 'seg0',
      mac: '02:00:00:00:00:01',
      address: 0,
      send: async (buffer, length, count) => {
        for (let index = 0; index < count; index++)
          frames.push(Buffer.from(buffer.subarray(index * length, (index + 1) * length)))
        return count
      },
      drain: () => 0,
      close: () => {},
    }),
  }
  return { network, sent, frames }
}

const guarded = (network: Network, pace = FULL_PACE) => {
  const account = new PacketAccount()
  const { signal } = new AbortController()
  const guard = guardNetwork(network, {
    scope: approvedScope(['10.0.0.0/24'], ['10.0.0.77']),
    pacer: createPacer(pace, signal),
    account,
    watch: new DeviceWatch({ limit: DEFAULT_LATENCY, now: () => performance.now(), onRest: () => {} }),
    turn: new DeviceTurn(),
    signal,
  })
  return { guard, account }
}

const inScope = (address: string): boolean => /^10\.0\.0\.\d+$/.test(address) && address !== '10.0.0.77'

describe('the guard', () => {
  test('lets datagrams to the scope pass and counts them', async () => {
    const { network, sent } = wire()
    const { guard, account } = guarded(network)
    const socket = await guard.udp({ budget: 'device' })
    await socket.send(new Uint8Array(1), 161, '10.0.0.5')
    expect({ sent, total: account.total, refused: account.refused }).toEqual({
      sent: ['10.0.0.5 161'],
      total: 1,
      refused: 0,
    })
  })

  test('refuses every other address, and the excluded one, whatever way is tried', async () => {
    const { network, sent } = wire()
    const { guard, account } = guarded(network)
    const socket = await guard.udp({ budget: 'device' })
    for (const address of [
      '10.0.1.5',
      '10.0.0.77',
      '224.0.0.252',
      '255.255.255.255',
      '::1',
      'example.org',
      '',
    ]) {
      await expect(socket.send(new Uint8Array(1), 161, address)).rejects.toThrow(OphavError)
      await expect(guard.lookUp(address)).rejects.toThrow(OphavError)
    }
    // The group is for its own port alone.
    await expect(socket.send(new Uint8Array(1), 161, '224.0.0.251')).rejects.toThrow(OphavError)
    expect({ sent, refused: account.refused }).toEqual({ sent: [], refused: 15 })
  })

  test('reads where a frame goes from the frame itself, and lets no other pass', async () => {
    const { network, frames } = wire()
    const { guard } = guarded(network)
    const socket = guard.frames('seg0')
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 42, maxLength: 42 }),
        fc.constantFrom(0x0806, 0x0800, null),
        async (octets, type) => {
          const frame = Buffer.from(octets)
          if (type !== null) frame.writeUInt16BE(type, 12)
          await socket?.send(frame, 42, 1).catch(() => {})
        },
      ),
      { numRuns: 2_000 },
    )
    const targets = frames.map((frame) => {
      const at = frame.readUInt16BE(12) === 0x0806 ? 38 : 30
      return [...frame.subarray(at, at + 4)].join('.')
    })
    expect(targets.filter((address) => !inScope(address))).toEqual([])
  })

  test('refuses a whole burst when one frame of it goes astray', async () => {
    const { network, frames } = wire()
    const { guard } = guarded(network)
    const burst = Buffer.alloc(84)
    for (const [index, host] of [5, 77].entries()) {
      burst.writeUInt16BE(0x0806, index * 42 + 12)
      Buffer.from([10, 0, 0, host]).copy(burst, index * 42 + 38)
    }
    await expect(guard.frames('seg0')?.send(burst, 42, 2)).rejects.toThrow(OphavError)
    expect(frames).toEqual([])
  })

  test('hands frames over in bursts that the pace allows', async () => {
    const { network, frames } = wire()
    const { guard, account } = guarded(network, { ...POLITE_PACE, sweepPacketsPerSecond: 2_000 })
    const burst = Buffer.alloc(42 * 150)
    for (let index = 0; index < 150; index++) {
      burst.writeUInt16BE(0x0806, index * 42 + 12)
      Buffer.from([10, 0, 0, index % 70]).copy(burst, index * 42 + 38)
    }
    expect(await guard.frames('seg0')?.send(burst, 42, 150)).toBe(150)
    expect({ frames: frames.length, total: account.total }).toEqual({ frames: 150, total: 150 })
  })
})

test('printers get nothing on the ports on which they print', () => {
  const scope = approvedScope(['10.0.0.0/24'], [])
  for (const port of [515, 9100, 9101, 9107])
    expect(() => scope.check('10.0.0.5', port, 'tcp')).toThrow(OphavError)
  expect(() => scope.check('10.0.0.5', 80, 'tcp')).not.toThrow()
})
