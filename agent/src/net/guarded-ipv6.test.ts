import { AddressSet, FULL_PACE, OphavError, parseIpv6 } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DeviceWatch } from '../scan/device-watch.ts'
import { linkScope } from '../scan/link-scope.ts'
import { createPacer } from '../scan/pace.ts'
import { approvedScope } from '../scan/scope.ts'
import { DeviceTurn } from './device-turn.ts'
import { wire } from './guard.testkit.ts'
import { guardNetwork } from './guarded-network.ts'
import { parseIpNeighbours } from './kernel-ipv6.ts'
import type { Network } from './network.ts'
import { PacketAccount } from './packet-account.ts'

const MAC = '02:00:00:00:00:01'
const linkLocal = parseIpv6('fe80::1') ?? new Uint8Array(16)
const prefix = (parseIpv6('2001:db8:0:1::') ?? new Uint8Array(16)).subarray(0, 8)

/** A machine with one interface on the segment and one elsewhere. */
function guarded(isOpen: boolean) {
  const { network, frames } = wire()
  const at = (name: string, address: string) => ({ name, address, prefix: 24, mac: MAC, internal: false })
  const machine: Network = {
    ...network,
    interfaces: () => [at('seg0', '10.0.0.9'), at('up0', '10.9.0.9')],
    ipv6: {
      addresses: () => ({ mac: MAC, linkLocal, prefixes: [prefix] }),
      frames: (name) => network.frames(name),
      neighbours: async () =>
        ['seg0', 'up0'].map((interfaceName) => ({ address: 'fe80::2', mac: MAC, interfaceName })),
    },
  }
  const scope = approvedScope(['10.0.0.0/24'], [])
  const { signal } = new AbortController()
  const account = new PacketAccount()
  const guard = guardNetwork(machine, {
    scope,
    link: linkScope(AddressSet.parse(['10.0.0.0/24']), isOpen),
    pacer: createPacer(FULL_PACE, signal),
    account,
    watch: new DeviceWatch({
      limit: { factor: 3, floorMs: 1_000 } as never,
      now: () => 0,
      onRest: () => {},
    }),
    turn: new DeviceTurn(),
    signal,
  })
  return { ipv6: guard.ipv6, frames, account }
}

/** An Ethernet frame with an ICMPv6 message to `to`, about `target`. */
function message(type: number, to: string, target = '::'): Buffer {
  const frame = Buffer.alloc(86)
  frame.writeUInt16BE(0x86dd, 12)
  frame[14] = 0x60
  frame[20] = 58
  frame.set(parseIpv6(to) ?? [], 38)
  frame[54] = type
  frame.set(parseIpv6(target) ?? [], 62)
  return frame
}

const call = message(128, 'ff02::1')
const question = (target: string) => message(135, `ff02::1:ff${target.slice(-7)}`, target)

describe('the guard of IPv6', () => {
  test('lets the call to all nodes pass, and questions for addresses of the link', async () => {
    const { ipv6, frames, account } = guarded(true)
    const socket = ipv6?.frames('seg0')
    for (const frame of [call, question('fe80::ab11:2233'), question('2001:db8:0:1::ab11:2233')])
      await socket?.send(frame, frame.length, 1)
    expect({ frames: frames.length, total: account.total }).toEqual({ frames: 3, total: 3 })
  })

  test('refuses every other message, group, target and protocol', async () => {
    const { ipv6, frames, account } = guarded(true)
    const socket = ipv6?.frames('seg0')
    const udp = Buffer.from(call)
    udp[20] = 17
    const ipv4 = Buffer.from(call)
    ipv4.writeUInt16BE(0x0800, 12)
    const others = [
      message(128, 'fe80::2'),
      message(128, 'ff05::1'),
      message(128, '2001:db8:0:1::2'),
      message(134, 'ff02::1'),
      message(135, 'ff02::1', 'fe80::1'),
      question('2001:db8:0:2::ab11:2233'),
      message(135, 'ff02::1:ff11:2233', 'fe80::1'),
      message(136, 'ff02::1', 'fe80::1'),
      message(137, 'ff02::1', 'fe80::1'),
      udp,
      ipv4,
    ]
    for (const frame of others) await expect(socket?.send(frame, frame.length, 1)).rejects.toThrow(OphavError)
    expect({ frames, refused: account.refused }).toEqual({ frames: [], refused: others.length })
  })

  test('lets nothing pass but the two questions, whatever a frame holds', async () => {
    const { ipv6, frames } = guarded(true)
    const socket = ipv6?.frames('seg0')
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 86, maxLength: 86 }),
        fc.constantFrom(call, question('fe80::ab11:2233')),
        fc.array(fc.nat(85), { maxLength: 2 }),
        async (noise, base, places) => {
          const frame = Buffer.from(base)
          for (const place of places) frame[place] = noise[place] ?? 0
          await socket?.send(frame, 86, 1).catch(() => {})
        },
      ),
      { numRuns: 2_000 },
    )
    const isGroup = (frame: Buffer) => frame.toString('hex', 38, 40) === 'ff02'
    expect(frames.filter((frame) => !isGroup(frame) || ![128, 135].includes(frame[54] ?? 0))).toEqual([])
  })

  test('opens no interface that does not stand on the segment, and says nothing of it', async () => {
    const { ipv6 } = guarded(true)
    expect(ipv6?.frames('up0')).toBeNull()
    expect(ipv6?.addresses('up0')).toBeNull()
    expect((await ipv6?.neighbours())?.map(({ interfaceName }) => interfaceName)).toEqual(['seg0'])
  })

  test('opens nothing where the policy does not list the probe', async () => {
    const { ipv6 } = guarded(false)
    expect(ipv6?.frames('seg0')).toBeNull()
    expect(await ipv6?.neighbours()).toEqual([])
  })
})

describe("the kernel's neighbours", () => {
  test('are those with a MAC, at their interface', () => {
    const text = [
      'fe80::1 dev eth0 lladdr 00:25:90:aa:bb:cc router REACHABLE',
      '2001:db8::7 dev eth1 lladdr 00:25:90:aa:bb:cd STALE',
      'fe80::2 dev eth0 FAILED',
      'fe80::3 dev eth0 lladdr 00:00:00:00:00:00 STALE',
      '10.0.0.1 dev eth0 lladdr 00:25:90:aa:bb:ce STALE',
    ].join('\n')
    expect(parseIpNeighbours(text)).toEqual([
      { address: 'fe80::1', mac: '00:25:90:aa:bb:cc', interfaceName: 'eth0' },
      { address: '2001:db8::7', mac: '00:25:90:aa:bb:cd', interfaceName: 'eth1' },
    ])
  })

  test('never throw, whatever the program writes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseIpNeighbours(text)).toBeInstanceOf(Array)
      }),
    )
  })
})
