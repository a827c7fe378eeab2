import type { Entry, NetworkTable, TablePage } from '@ophav/shared'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readDevice, readDevices, type DeviceRow } from '../report/read-device.ts'
import { AT, SEGMENT, sighting, TestCollector } from '../server/collector.testkit.ts'
import { readLinks } from './read.ts'

let collector: TestCollector
let sequence = 0
beforeEach(async () => {
  sequence = 0
  collector = new TestCollector()
  await collector.open()
})
afterEach(() => collector.close())

const mac = (host: number) => `44:19:b6:00:00:${host.toString(16).padStart(2, '0')}`
const SWITCH = { address: '10.0.0.250', mac: '2c:3f:38:00:00:01' }
const SILENT = 'a4:14:37:00:00:99'

async function deliver(...entries: Entry[]): Promise<void> {
  const delivered = await collector.deliver(collector.envelope(++sequence, entries))
  expect(delivered).toEqual({ status: 200, applied: true })
}

/** A reading of a switch: its tables, and the observation that ends it. */
function reading(tables: NetworkTable[], { subject = SWITCH, at = AT } = {}): Entry[] {
  const base = { segment: SEGMENT, probe: 'snmp-table', subject, observedAt: at }
  const pages = tables.map((table) => ({ type: 'table', ...base, page: 0, pages: 1, ...table }) as TablePage)
  const evidence = [{ kind: 'mac', value: subject.mac }]
  return [...pages, { type: 'observation', ...base, outcome: 'answered', evidence }]
}

const tables = (forwarding: Record<number, readonly string[]>, more: NetworkTable[] = []): NetworkTable[] => [
  {
    table: 'port',
    rows: [
      { port: 0, mac: SWITCH.mac },
      ...[1, 2, 3].map((port) => ({ port, name: `Gi0/${port}`, alias: `rum ${port}` })),
    ],
  },
  { table: 'vlan', rows: [{ vlan: 20, name: 'kamera' }] },
  {
    table: 'forwarding',
    rows: Object.entries(forwarding).flatMap(([port, macs]) =>
      macs.map((one) => ({ mac: one, port: Number(port), vlan: 20 })),
    ),
  },
  ...more,
]

const all = () => readDevices(collector.db, { limit: 100 })
const byMac = async (wanted: string): Promise<DeviceRow | undefined> => {
  const row = await collector.db
    .selectFrom('device_identifier')
    .select('device')
    .where('value', '=', wanted)
    .executeTakeFirst()
  return row && readDevice(collector.db, row.device)
}

const named = sighting(250, 'Cisco IOS Software, C2960X Software', {
  subject: SWITCH,
  evidence: [
    { kind: 'snmp.sysDescr', value: 'Cisco IOS Software, C2960X Software' },
    { kind: 'snmp.sysName', value: 'sw-1' },
  ],
})

describe('what a switch knows', () => {
  test('gives a device that answers its switch, port and VLAN', async () => {
    await deliver(sighting(1), named, ...reading(tables({ 1: [mac(1)] })))
    expect(await byMac(mac(1))).toMatchObject({
      seenBy: 'probe',
      switch: 'sw-1',
      port: 'Gi0/1',
      portAlias: 'rum 1',
      vlan: 20,
      vlanName: 'kamera',
      attachedAt: AT,
    })
  })

  test('makes a device that never answers known, with its maker, on its segment', async () => {
    await deliver(sighting(1), named, ...reading(tables({ 1: [mac(1)], 2: [SILENT] })))
    expect(await byMac(SILENT)).toMatchObject({
      seenBy: 'network',
      address: null,
      segment: SEGMENT,
      administration: 'SOF',
      discovered: true,
      maker: 'Hikvision',
      port: 'Gi0/2',
      vlan: 20,
    })
  })

  test('gives it its address where a router has one, and the device is the same', async () => {
    const address: NetworkTable = { table: 'address', rows: [{ address: '10.0.0.99', mac: SILENT, port: 1 }] }
    await deliver(sighting(1), ...reading(tables({ 1: [mac(1)], 2: [SILENT] })))
    const before = await byMac(SILENT)
    await deliver(...reading(tables({ 1: [mac(1)], 2: [SILENT] }, [address])))
    expect(await byMac(SILENT)).toMatchObject({ id: before?.id, address: '10.0.0.99', seenBy: 'network' })
    await deliver(sighting(99, 'x', { subject: { address: '10.0.0.99', mac: SILENT } }))
    expect(await byMac(SILENT)).toMatchObject({ id: before?.id, seenBy: 'probe', port: 'Gi0/2' })
    expect(await all()).toHaveLength(3)
  })

  test('of other segments and of excluded addresses makes nobody known', async () => {
    const address: NetworkTable = {
      table: 'address',
      rows: [
        { address: '10.9.0.1', mac: 'a4:14:37:00:00:01', port: 1 },
        { address: '10.0.0.77', mac: 'a4:14:37:00:00:02', port: 1 },
      ],
    }
    await collector.db
      .insertInto('segment_range')
      .values({ segment: SEGMENT, kind: 'exclusion', range: '10.0.0.77', administration: null })
      .execute()
    await deliver(sighting(1), ...reading(tables({ 1: [mac(1)], 3: ['a4:14:37:00:00:02'] }, [address])))
    expect((await all()).map((row) => row.address).sort()).toEqual(['10.0.0.1', SWITCH.address])
  })

  test('of an uplink gives no port, and the device is known all the same', async () => {
    const link: NetworkTable = {
      table: 'link',
      rows: [
        {
          protocol: 'lldp',
          port: 2,
          name: 'sw-core',
          remotePort: 'Te1/1',
          mac: mac(1),
          capabilities: ['bridge'],
        },
      ],
    }
    await deliver(sighting(1), sighting(2), ...reading(tables({ 1: [mac(2)], 2: [SILENT] }, [link])))
    expect(await byMac(SILENT)).toMatchObject({ seenBy: 'network', port: null })
    const source = await byMac(SWITCH.mac)
    const links = await readLinks(collector.db, source?.id ?? 0)
    expect(links).toMatchObject([{ port_name: 'Gi0/2', name: 'sw-core', remote_port: 'Te1/1' }])
    expect(links[0]?.neighbour).toBe((await byMac(mac(1)))?.id)
  })

  test('is corrected when a switch behind a port turns out to be one, in whichever order they are read', async () => {
    const other = { address: '10.0.0.251', mac: '2c:3f:38:00:00:02' }
    await deliver(
      sighting(1),
      sighting(251, 'Switch', { subject: other }),
      ...reading(tables({ 1: [mac(1)], 2: [other.mac] })),
    )
    expect(await byMac(other.mac)).toMatchObject({ port: 'Gi0/2' })
    const own: NetworkTable[] = [
      {
        table: 'port',
        rows: [
          { port: 0, mac: other.mac },
          { port: 7, name: 'Te1/7' },
        ],
      },
    ]
    await deliver(...reading(own, { subject: other }))
    expect(await byMac(other.mac)).toMatchObject({ port: null })
    expect(await byMac(mac(1))).toMatchObject({ port: 'Gi0/1' })
  })

  test('gives a device with a random MAC its port, by the address that both know', async () => {
    const random = '02:11:22:33:44:55'
    const address: NetworkTable = { table: 'address', rows: [{ address: '10.0.0.5', mac: random, port: 1 }] }
    await deliver(
      sighting(5, 'x', { subject: { address: '10.0.0.5', mac: random } }),
      ...reading(tables({ 3: [random] }, [address])),
    )
    const found = (await all()).filter((row) => row.address === '10.0.0.5')
    expect(found).toMatchObject([{ seenBy: 'probe', port: 'Gi0/3' }])
  })

  test('follows a device to another port, and remembers the last one when the table is gone', async () => {
    await deliver(sighting(1), ...reading(tables({ 1: [mac(1)] })))
    await deliver(...reading(tables({ 3: [mac(1)] }), { at: '2026-01-02T04:04:05.000Z' }))
    expect(await byMac(mac(1))).toMatchObject({ port: 'Gi0/3', attachedAt: '2026-01-02T04:04:05.000Z' })
    await deliver(...reading(tables({}), { at: '2026-01-02T05:04:05.000Z' }))
    expect(await byMac(mac(1))).toMatchObject({ port: 'Gi0/3', attachedAt: '2026-01-02T04:04:05.000Z' })
  })

  test('is confirmed by a "still there", and a table that has become shorter loses its end', async () => {
    const [port, vlan, forwarding, end] = reading(tables({ 1: [mac(1)], 2: [SILENT] }))
    const second = {
      ...(forwarding as TablePage),
      page: 1,
      pages: 2,
      rows: [{ mac: mac(5), port: 3, vlan: 20 }],
    }
    await deliver(
      sighting(1),
      sighting(5),
      port as Entry,
      vlan as Entry,
      { ...(forwarding as TablePage), pages: 2 } as Entry,
      second as Entry,
      end as Entry,
    )
    expect(await byMac(mac(5))).toMatchObject({ port: 'Gi0/3' })
    const later = '2026-01-02T09:00:00.000Z'
    await deliver({ type: 'presence', segment: SEGMENT, probe: 'snmp-table', subject: SWITCH, seenAt: later })
    expect(await byMac(SILENT)).toMatchObject({ attachedAt: later })
    await deliver(...reading(tables({ 1: [mac(1)] })))
    const pages = await collector.db.selectFrom('network_table').select(['kind', 'page']).execute()
    expect(pages.filter(({ kind }) => kind === 'forwarding')).toEqual([{ kind: 'forwarding', page: 0 }])
  })

  test('of an address that a probe has met with another MAC does not move that address', async () => {
    const address: NetworkTable = { table: 'address', rows: [{ address: '10.0.0.1', mac: SILENT, port: 1 }] }
    await deliver(sighting(1), ...reading(tables({ 1: [mac(1)] }, [address])))
    expect(await byMac(mac(1))).toMatchObject({ address: '10.0.0.1' })
    expect(await byMac(SILENT)).toBeUndefined()
  })

  test('is not applied twice, and ends in a page as text', async () => {
    const hostile = '<script>alert(1)</script>\u001b[31m'
    const link: NetworkTable = {
      table: 'link',
      rows: [{ protocol: 'cdp', port: 1, name: hostile, remotePort: hostile, capabilities: [] }],
    }
    const entries = reading(tables({ 1: [mac(1)] }, [link]))
    const envelope = collector.envelope(1, [sighting(1), ...entries])
    expect(await collector.deliver(envelope)).toMatchObject({ applied: true })
    const count = (await all()).length
    expect(await collector.deliver(envelope)).toMatchObject({ applied: false })
    expect(await all()).toHaveLength(count)
    const id = (await byMac(SWITCH.mac))?.id
    for (const url of [`/devices/${id}`, '/devices', `/devices/${id}?lang=en`]) {
      const { statusCode, body } = await collector.app.inject({ url, headers: { host: '127.0.0.1:8480' } })
      expect(statusCode).toBe(200)
      expect(body).not.toContain('<script>')
      expect(body).not.toContain('\u001b')
    }
    const { body } = await collector.app.inject({ url: '/api/devices', headers: { host: '127.0.0.1:8480' } })
    expect(body).toContain('"port":"Gi0/1"')
  })
})

test('a table page that is too long, or of an unknown kind, is refused with its batch', async () => {
  const [, , forwarding] = reading(tables({ 1: [mac(1)] })) as TablePage[]
  const rows = Array.from({ length: 1_001 }, () => ({ mac: mac(1), port: 1 }))
  for (const poison of [{ rows }, { table: 'secret' }, { rows: [{ mac: 'x', port: 1 }] }, { page: 64 }])
    expect(
      await collector.deliver(collector.envelope(1, [{ ...forwarding, ...poison } as unknown as Entry])),
    ).toMatchObject({ code: 'batch.invalid' })
})
