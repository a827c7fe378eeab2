import { setTimeout as sleep } from 'node:timers/promises'
import { encode } from 'dns-packet'
import { expect, test } from 'vitest'
import type { Coverage } from '@ophav/shared'
import { arpFrame, etherFrame, udpFrame } from '../probe/frame.testkit.ts'
import { LISTEN_PROBES } from '../probe/listen-registry.ts'
import type { ProbeResult } from '../probe/probe.ts'
import { Listener, type ListenerOptions } from './listener.ts'
import { FakeListening, OWN_MAC, seg0, type FakeWire } from './listening.testkit.ts'

const CAMERA = '44:19:b6:00:00:01'

interface Round {
  results: { probe: string; result: ProbeResult }[]
  coverage: Coverage | null
}

async function listenTo(
  listening: FakeListening,
  options: Partial<ListenerOptions> & { milliseconds?: number; during?: () => void | Promise<void> } = {},
): Promise<Round> {
  using listener = await Listener.open({
    listening,
    probes: LISTEN_PROBES,
    segment: { key: 'kamera', ranges: ['10.41.0.0/24'], exclusions: ['10.41.0.77'] },
    interfaceNames: [],
    now: Date.now,
    ...options,
  })
  const round: Round = { results: [], coverage: null }
  void options.during?.()
  const events = listener.round({
    milliseconds: options.milliseconds ?? 80,
    signal: new AbortController().signal,
  })
  for await (const event of events)
    if (event.type === 'result') round.results.push(event)
    else if (event.type === 'end') round.coverage = event.coverage
  return round
}

const wire = (frames: Buffer[], more: FakeWire = {}) =>
  new FakeListening({ frames: frames.values(), ...more })
const says = (round: Round, address: string | null, mac?: string) =>
  round.results
    .filter(({ result }) => result.address === address && (mac === undefined || result.mac === mac))
    .flatMap(({ result }) => result.evidence.map(({ kind, value }) => `${kind} ${String(value)}`))
const noteOf = (round: Round, probe: string) =>
  round.coverage?.probes.find((row) => row.probe === probe)?.notChecked

test('hosts of the segment, of other networks and excluded ones are heard alike; only other networks are marked', async () => {
  const round = await listenTo(
    wire([
      arpFrame('44:19:b6:00:00:02', '10.41.0.9'),
      arpFrame(CAMERA, '192.168.1.64'),
      arpFrame('44:19:b6:00:00:03', '10.41.0.77'),
    ]),
  )
  expect(says(round, '10.41.0.9')).toEqual(['mac 44:19:b6:00:00:02'])
  expect(says(round, '192.168.1.64')).toEqual([`mac ${CAMERA}`, 'address.offSubnet 192.168.1.64'])
  expect(says(round, '10.41.0.77')).toEqual(['mac 44:19:b6:00:00:03'])
  expect(says(round, seg0.address)).toEqual([`mac ${OWN_MAC}`])
  // Itself and one other in scope; nothing was asked.
  expect(round.coverage).toMatchObject({
    complete: false,
    result: 'incomplete',
    notAttempted: [{ reason: 'passive', addresses: 255, devices: 0 }],
    inScope: 255,
    excluded: 1,
    attempted: 0,
    answered: 2,
    packetsSent: 0,
  })
})

test('on a port without an address what is not in the segment is of another network', async () => {
  const listening = wire([arpFrame(CAMERA, '192.168.1.64'), arpFrame('44:19:b6:00:00:02', '10.41.0.9')], {
    interfaces: [],
  })
  const round = await listenTo(listening, { interfaceNames: ['mirror0'] })
  expect(listening.opened).toEqual(['mirror0'])
  expect(says(round, '192.168.1.64')).toContain('address.offSubnet 192.168.1.64')
  expect(says(round, '10.41.0.9')).toEqual(['mac 44:19:b6:00:00:02'])
})

test('an address that is no host is none, and the tag that the kernel took off is told', async () => {
  const frames = ['255.255.255.255', '224.0.0.1', '127.0.0.1', '0.0.0.0'].map((address) =>
    arpFrame(CAMERA, address),
  )
  const round = await listenTo(wire(frames, { vlan: 41 }))
  expect(round.results.filter(({ result }) => result.mac === CAMERA).length).toBe(1)
  expect(says(round, null, CAMERA)).toEqual([`mac ${CAMERA}`, 'vlan.tag 41'])
})

test("a switch's word about its port is told of this machine", async () => {
  const unit = Buffer.from(`0207${'04'}001b54000001${'0404'}055a3131${'0e04'}00040004${'0000'}`, 'hex')
  const round = await listenTo(wire([etherFrame(0x88cc, unit)]))
  const own = round.results.filter(({ result }) => result.mac === OWN_MAC && result.address === seg0.address)
  expect(own.map(({ probe }) => probe).toSorted()).toEqual(['arp-listen', 'lldp-listen'])
  expect(says(round, seg0.address)).toEqual(
    expect.arrayContaining(['switch.chassis 00:1b:54:00:00:01', 'switch.port Z11']),
  )
})

test('what breaks the rules of its protocol is counted and nobody is made of it', async () => {
  const round = await listenTo(
    wire([udpFrame(68, 67, Buffer.alloc(20)), udpFrame(68, 67, Buffer.alloc(300))]),
  )
  expect(round.coverage?.probes.find(({ probe }) => probe === 'dhcp-listen')?.outcomes).toEqual({
    malformed: 2,
  })
  expect(round.results.map(({ result }) => result.mac)).toEqual([OWN_MAC])
})

function* flood(): Generator<Buffer> {
  yield arpFrame(CAMERA, '10.41.0.9')
  for (let index = 0; ; index++) {
    const tail = index.toString(16).padStart(8, '0').match(/../g)?.join(':')
    yield arpFrame(`02:42:${tail}`, `10.41.${(index >> 8) & 255}.${index & 255}`)
  }
}

test('a flood without end ends with the round, leaves others their turn, and the coverage says that the table is full', async () => {
  const limits = { subjects: 200, characters: 100_000 }
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  const round = await listenTo(new FakeListening({ frames: flood(), lost: 7 }), { limits, milliseconds: 300 })
  clearInterval(timer)
  expect(turns).toBeGreaterThan(0)
  expect(says(round, '10.41.0.9', CAMERA)).toEqual([`mac ${CAMERA}`])
  expect(round.results.length).toBe(200)
  expect(noteOf(round, 'arp-listen')).toMatch(/table of 200 senders is full: \d+ packets/)
  expect(noteOf(round, 'arp-listen')).toContain('7 frames came faster')
})

test('a stop ends the round at once', async () => {
  using listener = await Listener.open({
    listening: wire([]),
    probes: LISTEN_PROBES,
    segment: { key: 'kamera', ranges: ['10.41.0.0/24'], exclusions: [] },
    interfaceNames: [],
    now: Date.now,
  })
  const stop = new AbortController()
  const types: string[] = []
  for await (const event of listener.round({ milliseconds: Infinity, signal: stop.signal })) {
    types.push(event.type)
    stop.abort()
  }
  expect(types).toEqual(['phase', 'result', 'progress', 'end'])
})

test('without raw frames the kernel tells whom this machine knows, and groups are heard that are joined already', async () => {
  const listening = new FakeListening({
    obstacle: 'permission',
    neighbours: [
      { address: '10.41.0.9', mac: CAMERA, interfaceName: 'seg0' },
      { address: '10.99.0.1', mac: '44:19:b6:00:00:09', interfaceName: 'up0' },
    ],
    datagrams: ({ port, mayJoin }) =>
      port === 5353 || port === 5678 ? 'heard' : mayJoin ? 'refused' : 'not-joined',
  })
  const answers = [{ type: 'A' as const, name: 'kamera-9.local', data: '10.41.0.9', ttl: 120 }]
  const round = await listenTo(listening, {
    during: async () => {
      await sleep(20)
      listening.say(5353, '10.41.0.9', encode({ type: 'response', answers }))
    },
  })
  expect(says(round, '10.41.0.9')).toEqual([`mac ${CAMERA}`, 'hostname kamera-9'])
  expect(says(round, '10.99.0.1')).toEqual([])
  const rungs = Object.fromEntries(round.coverage?.probes.map(({ probe, rung }) => [probe, rung]) ?? [])
  expect(rungs).toMatchObject({
    'arp-listen': 'neighbour table',
    'mdns-listen': 'datagrams',
    'mndp-listen': 'datagrams',
    'ssdp-listen': null,
    'lldp-listen': null,
    'dhcp-listen': null,
  })
  expect(noteOf(round, 'ssdp-listen')).toContain('joining 239.255.255.250 would send a membership report')
  expect(noteOf(round, 'lldp-listen')).toContain('no raw frames on seg0 (permission)')
  expect(noteOf(round, 'mdns-listen')).toContain('other networks are not heard')
})

test('where no interface lies in the segment nothing is heard, and every probe says so', async () => {
  const round = await listenTo(
    wire([arpFrame(CAMERA, '10.41.0.9')], { interfaces: [{ ...seg0, address: '10.9.0.1' }] }),
  )
  expect(round.results).toEqual([])
  expect(new Set(round.coverage?.probes.map(({ rung, notChecked }) => `${rung} ${notChecked}`))).toEqual(
    new Set(['null no interface of this machine lies in the segment']),
  )
})

test('who is done closes what was open', async () => {
  const framed = wire([])
  await listenTo(framed)
  const below = new FakeListening({ obstacle: 'permission', datagrams: () => 'heard' })
  await listenTo(below)
  expect([framed.closed, below.closed]).toEqual([1, 5])
})
