import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AddressSet } from '../address/ranges.ts'
import type { LinkRow, NetworkTable } from '../wire/table.ts'
import { findMembers } from './member.ts'
import { placeMacs } from './place.ts'
import type { View } from './view.ts'

const AT = '2026-01-02T03:04:05.000Z'
const mac = (host: number) => `44:19:b6:00:00:${host.toString(16).padStart(2, '0')}`
const macs = (first: number, count: number) => Array.from({ length: count }, (_, index) => mac(first + index))

/** A switch: its own MAC, and which MACs are behind which port. */
function view(
  key: string,
  own: string,
  learnt: Record<number, readonly string[]>,
  more: readonly NetworkTable[] = [],
  vlan?: number,
): View {
  const rows = Object.entries(learnt).flatMap(([port, list]) =>
    list.map((address) => ({ mac: address, port: Number(port), ...(vlan === undefined ? {} : { vlan }) })),
  )
  const ports = Object.keys(learnt).map((port) => ({ port: Number(port), name: `Gi0/${port}` }))
  return {
    key,
    readAt: AT,
    tables: [
      { table: 'port', rows: [{ port: 0, mac: own }, ...ports] },
      { table: 'forwarding', rows },
      ...more,
    ],
  }
}

const link = (
  port: number,
  capabilities: LinkRow['capabilities'],
  more: Partial<LinkRow> = {},
): NetworkTable => ({
  table: 'link',
  rows: [{ protocol: 'lldp', port, capabilities, ...more }],
})

const CORE = '2c:3f:38:00:00:01'
const EDGE = '2c:3f:38:00:00:02'

describe('the access port', () => {
  test('is the edge switch’s, not the uplink of the core that sees the same MACs', () => {
    const views = [
      view('core', CORE, { 24: [EDGE, mac(1), mac(2)], 1: [mac(9)] }),
      view('edge', EDGE, { 3: [mac(1)], 4: [mac(2)], 48: [CORE, mac(9)] }),
    ]
    const places = placeMacs(views)
    expect([1, 2, 9].map((host) => [places.get(mac(host))?.view, places.get(mac(host))?.portName])).toEqual([
      ['edge', 'Gi0/3'],
      ['edge', 'Gi0/4'],
      ['core', 'Gi0/1'],
    ])
  })

  test('is none where a bridge says over LLDP that it is at the other end', () => {
    const places = placeMacs([view('core', CORE, { 24: [mac(1)] }, [link(24, ['bridge', 'router'])])])
    expect(places.size).toBe(0)
  })

  test('is the phone’s port, for the phone and for the computer behind it', () => {
    const phone = link(7, ['bridge', 'phone'], { mac: mac(1) })
    const places = placeMacs([view('edge', EDGE, { 7: [mac(1), mac(2)] }, [phone])])
    expect(places.get(mac(1))).toMatchObject({ port: 7, basis: 'link' })
    expect(places.get(mac(2))).toMatchObject({ port: 7, basis: 'forwarding' })
  })

  test('is none where more MACs are than a small switch has ports', () => {
    const places = placeMacs([view('core', CORE, { 1: macs(1, 8), 2: macs(20, 9) })])
    expect(places.get(mac(1))?.port).toBe(1)
    expect(places.get(mac(20))).toBeUndefined()
  })

  test('is the one with the fewest MACs where several could be', () => {
    const views = [view('a', CORE, { 1: macs(1, 5) }), view('b', '2c:3f:38:00:00:03', { 9: [mac(1)] })]
    expect(placeMacs(views).get(mac(1))).toMatchObject({ view: 'b', port: 9 })
  })

  test('has its VLAN from the table, else from the port, with its name', () => {
    const more: NetworkTable[] = [
      { table: 'vlan', rows: [{ vlan: 20, name: 'kamera' }] },
      { table: 'port', rows: [{ port: 2, vlan: 30 }] },
    ]
    const tagged = placeMacs([view('edge', EDGE, { 1: [mac(1)] }, more, 20)])
    expect(tagged.get(mac(1))).toMatchObject({ vlan: 20, vlanName: 'kamera' })
    expect(placeMacs([view('edge', EDGE, { 2: [mac(1)] }, more)]).get(mac(1))).toMatchObject({
      vlan: 30,
      vlanName: null,
    })
  })

  test('is the same in whatever order the switches were read, and never one that leads on', () => {
    const port = fc.integer({ min: 0, max: 3 })
    const learnt = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), port), { maxLength: 40 })
    fc.assert(
      fc.property(learnt, learnt, learnt, (...tables) => {
        const views = tables.map((rows, index) => {
          const ports: Record<number, string[]> = {}
          for (const [host, at] of rows) (ports[at] ??= []).push(host === 12 ? CORE : mac(host))
          return view(`switch-${index}`, index === 0 ? CORE : `2c:3f:38:00:01:0${index}`, ports)
        })
        const places = placeMacs(views)
        const sorted = (all: ReturnType<typeof placeMacs>) => [...all].sort(([a], [b]) => (a < b ? -1 : 1))
        expect(sorted(placeMacs(views.toReversed()))).toEqual(sorted(places))
        for (const { view: key, port: at } of places.values()) {
          expect(at).not.toBe(0)
          const rows = views.find((one) => one.key === key)?.tables[1]?.rows as {
            mac: string
            port: number
          }[]
          const behind = new Set(rows.filter((row) => row.port === at).map((row) => row.mac))
          expect(key !== 'switch-0' && behind.has(CORE)).toBe(false)
        }
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 200) },
    )
  })
})

describe('a member of the segment', () => {
  const scope = AddressSet.parse(['10.0.0.0/24'])
  const router = (rows: [string, string][]): View => ({
    key: 'router',
    readAt: AT,
    tables: [{ table: 'address', rows: rows.map(([address, at]) => ({ address, mac: at, port: 1 })) }],
  })

  test('is whoever the router has at an address of the scope, and nobody beyond it', () => {
    const views = [
      router([
        ['10.0.0.50', mac(1)],
        ['10.9.0.1', mac(2)],
        ['10.0.0.51', '01:00:5e:00:00:01'],
      ]),
    ]
    expect(findMembers(views, { scope, met: new Set() })).toMatchObject([
      { mac: mac(1), address: '10.0.0.50' },
    ])
  })

  test('is a silent MAC in the VLAN of those who were met, and none of another VLAN', () => {
    const views = [
      view('edge', EDGE, { 1: [mac(1)], 2: [mac(7)] }, [], 20),
      view('other', CORE, { 1: [mac(8)] }, [], 30),
    ]
    expect(findMembers(views, { scope, met: new Set([mac(1)]) })).toMatchObject([
      { mac: mac(7), address: null },
    ])
  })

  test('is not made of the VLANs that a router is in', () => {
    const gateway = mac(99)
    const rows = [
      { mac: gateway, port: 1, vlan: 20 },
      { mac: gateway, port: 1, vlan: 30 },
      { mac: mac(1), port: 2, vlan: 20 },
      { mac: mac(8), port: 3, vlan: 30 },
    ]
    const views: View[] = [{ key: 'edge', readAt: AT, tables: [{ table: 'forwarding', rows }] }]
    expect(findMembers(views, { scope, met: new Set([gateway, mac(1)]) })).toEqual([])
  })

  test('is not made of the VLAN into which one device has moved', () => {
    const rows = [
      ...macs(1, 8).map((one) => ({ mac: one, port: 1, vlan: 20 })),
      { mac: mac(9), port: 2, vlan: 30 },
      { mac: mac(50), port: 3, vlan: 30 },
    ]
    const views: View[] = [{ key: 'edge', readAt: AT, tables: [{ table: 'forwarding', rows }] }]
    expect(findMembers(views, { scope, met: new Set(macs(1, 9)) })).toEqual([])
  })

  test('is nobody of a switch that knows more in the VLAN than the segment has addresses', () => {
    const views = [view('edge', EDGE, { 1: [mac(1)], 2: macs(10, 5) }, [], 20)]
    const met = new Set([mac(1)])
    expect(findMembers(views, { scope: AddressSet.parse(['10.0.0.0-10.0.0.4']), met })).toHaveLength(5)
    expect(findMembers(views, { scope: AddressSet.parse(['10.0.0.0/30']), met })).toEqual([])
  })

  test('is no switch itself, no MAC that may be anybody’s, and nobody whose address is elsewhere', () => {
    const views = [
      view('edge', EDGE, { 1: [mac(1), EDGE, '02:00:00:00:00:01', mac(5)] }, [], 20),
      router([['10.9.0.5', mac(5)]]),
    ]
    expect(findMembers(views, { scope, met: new Set([mac(1)]) })).toEqual([])
  })
})
