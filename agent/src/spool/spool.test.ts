/** Tests of the spool on real files: what is told, when, and under which number. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sighting } from './append.ts'
import { coverage, inWords, readBatch, sighting, SpoolFixture, START, testSealer } from './spool.testkit.ts'
import { readSpoolSummary } from './summary.ts'

const HERE = { segment: 'kamera', scan: 'scan-1' }
const LATER = { segment: 'kamera', scan: 'scan-2' }

let fixture: SpoolFixture
beforeEach(() => void (fixture = new SpoolFixture()))
afterEach(() => fixture[Symbol.dispose]())

test('news is told in full, the same again in short, and a change in full', () => {
  const spool = fixture.open()
  spool.append(HERE, [sighting(1, 'a'), sighting(2, 'a')])
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'b')])
  expect(fixture.deliverAll(spool).map(inWords)).toEqual([
    'observation 10.0.0.1 a',
    'observation 10.0.0.2 a',
    'presence 10.0.0.1',
    'observation 10.0.0.2 b',
  ])
})

test('what a subject says is compared without the order of replies and without counters', () => {
  const spool = fixture.open()
  const says = (...evidence: Sighting['result']['evidence']): Sighting => {
    const { probe, result } = sighting(1, '')
    return { probe, result: { ...result, evidence } }
  }
  const name = { kind: 'snmp.sysName', value: 'a' }
  const model = { kind: 'model', value: 'b' }
  spool.append(HERE, [says(name, model, { kind: 'snmp.engineTime', value: 1 })])
  spool.append(LATER, [says(model, name, { kind: 'snmp.engineTime', value: 99 })])
  expect(fixture.deliverAll(spool).map((entry) => entry.type)).toEqual(['observation', 'presence'])
})

test('silence makes no entry and takes nothing back; refusal is an answer', () => {
  const spool = fixture.open()
  const outcome = (of: Sighting['result']['outcome']): Sighting => {
    const { probe, result } = sighting(1, 'a')
    return { probe, result: { ...result, outcome: of, evidence: [] } }
  }
  spool.append(HERE, [
    sighting(1, 'a'),
    outcome('timed-out'),
    outcome('unreachable'),
    outcome('not-attempted'),
  ])
  spool.append(LATER, [sighting(1, 'a'), outcome('refused')])
  expect(fixture.deliverAll(spool).map(inWords)).toEqual([
    'observation 10.0.0.1 a',
    'presence 10.0.0.1',
    'observation 10.0.0.1 undefined',
  ])
})

test('a MAC that moves to another address and back is told each time', () => {
  const spool = fixture.open()
  const at = (address: string): Sighting => {
    const { result } = sighting(1, 'a')
    return { probe: 'arp', result: { ...result, address, mac: '44:19:b6:00:00:01' } }
  }
  for (const [scan, address] of ['10.0.0.1', '10.0.0.2', '10.0.0.1', '10.0.0.1'].entries()) {
    spool.append({ segment: 'kamera', scan: `scan-${scan}` }, [at(address)])
    spool.appendCoverage(coverage('kamera', `scan-${scan}`))
  }
  const types = fixture.deliverAll(spool).map((entry) => entry.type)
  expect(types.filter((type) => type !== 'coverage')).toEqual([
    'observation',
    'observation',
    'observation',
    'presence',
  ])
})

test('a batch keeps its number and its bytes until it is acknowledged, over restarts', () => {
  const first = fixture.open()
  first.append(HERE, [sighting(1, 'a')])
  const sent = first.nextBatch()
  first.append(HERE, [sighting(2, 'a')])
  first.close()
  const spool = fixture.open()
  expect(spool.nextBatch()).toEqual(sent)
  spool.acknowledge(1)
  expect(spool.nextBatch()?.sequence).toBe(2)
  spool.acknowledge(2)
  expect(spool.nextBatch()).toBeNull()
})

test('a batch holds no more than the wire allows', () => {
  const spool = fixture.open()
  spool.append(
    HERE,
    Array.from({ length: 1201 }, (_, device) => sighting(device, 'a')),
  )
  const sizes: number[] = []
  for (let batch = spool.nextBatch(); batch; batch = spool.nextBatch()) {
    sizes.push(readBatch(batch, fixture.sealer).entries.length)
    spool.acknowledge(batch.sequence)
  }
  expect(sizes).toEqual([500, 500, 201])
})

test('an endless answer loses its tail and still fits into a batch', () => {
  const spool = fixture.open()
  const { probe, result } = sighting(1, '')
  const evidence = Array.from({ length: 600 }, () => ({ kind: 'mdns.txt', value: 'ø'.repeat(16_384) }))
  spool.append(HERE, [{ probe, result: { ...result, evidence } }, sighting(2, 'a')])
  const [entry, next] = fixture.deliverAll(spool)
  expect(entry?.type === 'observation' && entry.evidence.length).toBe(31)
  expect(next && inWords(next)).toBe('observation 10.0.0.2 a')
})

test('a restored collector gets the numbers it expects, and everything in full again', () => {
  const spool = fixture.open()
  spool.append(HERE, [sighting(1, 'a')])
  fixture.deliverAll(spool)
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(2)
  spool.renumber(1)
  const batch = spool.nextBatch()
  expect(batch?.sequence).toBe(1)
  expect(batch && readBatch(batch, fixture.sealer).entries.map(inWords)).toEqual([
    'presence 10.0.0.1',
    'observation 10.0.0.2 a',
  ])
  spool.acknowledge(1)
  spool.append(LATER, [sighting(1, 'a')])
  expect(fixture.deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.1 a'])
})

test('an agent that is enrolled again sends what waits under its new name, from one on', () => {
  const old = fixture.open()
  old.append(HERE, [sighting(1, 'a')])
  old.nextBatch()
  old.close()
  const renewed = testSealer('1b9f1c52-7d3e-4a55-9f11-2d6c8a1e4b70')
  const spool = fixture.open({ sealer: renewed })
  const batch = spool.nextBatch()
  expect(batch && readBatch(batch, renewed)).toMatchObject({ agent: renewed.agent, sequence: 1 })
})

test('entries of a segment that was taken from the agent are taken back, from batches too', () => {
  const spool = fixture.open()
  spool.append(HERE, [sighting(1, 'a')])
  spool.append({ segment: 'kontor', scan: 's' }, [sighting(2, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(1)
  spool.append(HERE, [sighting(3, 'a')])
  spool.append({ segment: 'kontor', scan: 's' }, [sighting(4, 'a')])
  expect(spool.withdraw('kamera')).toBe(2)
  expect(fixture.deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.2 a', 'observation 10.0.0.4 a'])
})

test('the summary is read beside the running agent', () => {
  expect(readSpoolSummary(fixture.path)).toBeNull()
  const spool = fixture.open()
  spool.append(HERE, [sighting(1, 'a')])
  spool.nextBatch()
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'a')])
  spool.recordFailure('uplink.unreachable')
  spool.scans.recordStart('kamera', START)
  expect(readSpoolSummary(fixture.path)).toEqual({
    observations: 1,
    presences: 1,
    coverages: 0,
    batches: 1,
    batchEntries: 1,
    dropped: 0,
    nextSequence: 2,
    contactedAt: null,
    deliveredAt: null,
    failedAt: START,
    failure: 'uplink.unreachable',
    scans: { kamera: START },
    unfinished: [],
  })
})

describe('the tables of a switch', () => {
  const knows = (hosts: number, evidence = 'sw-1'): Sighting => {
    const { result } = sighting(1, evidence, 'snmp-table')
    const rows = Array.from({ length: hosts }, (_, host) => ({
      mac: `44:19:b6:00:${(host >> 8).toString(16).padStart(2, '0')}:${(host & 255).toString(16).padStart(2, '0')}`,
      port: 1,
    }))
    const tables = [
      { table: 'port', rows: [{ port: 1, name: 'Gi0/1' }] },
      { table: 'forwarding', rows },
    ] as const
    return { probe: 'snmp-table', result: { ...result, tables: tables as never } }
  }

  test('come in pages, before the observation that ends the reading', () => {
    const spool = fixture.open()
    spool.append(HERE, [knows(2_500)])
    const entries = fixture.deliverAll(spool)
    expect(entries.map(inWords)).toEqual([
      'table 10.0.0.1 port 0',
      'table 10.0.0.1 forwarding 0',
      'table 10.0.0.1 forwarding 1',
      'table 10.0.0.1 forwarding 2',
      'observation 10.0.0.1 sw-1',
    ])
    expect(entries[3]).toMatchObject({ pages: 3, rows: { length: 500 } })
  })

  test('are told again where they have changed, and no further', () => {
    const spool = fixture.open()
    spool.append(HERE, [knows(10)])
    spool.append(LATER, [knows(11)])
    spool.append({ ...LATER, scan: 'scan-3' }, [knows(11)])
    expect(fixture.deliverAll(spool).map(inWords).slice(3)).toEqual([
      'table 10.0.0.1 forwarding 0',
      'presence 10.0.0.1',
      'presence 10.0.0.1',
    ])
  })

  test('that no page holds are cut and say so', () => {
    const spool = fixture.open()
    const { probe, result } = knows(0)
    const name = '\u0007'.repeat(255)
    const rows = Array.from({ length: 20_000 }, (_, port) => ({ port, name }))
    spool.append(HERE, [{ probe, result: { ...result, tables: [{ table: 'port', rows }] } }])
    const pages = fixture.deliverAll(spool).filter((entry) => entry.type === 'table')
    expect(pages).toHaveLength(64)
    expect(new Set(pages.map((page) => page.cut))).toEqual(new Set(['rows']))
  })

  test('that had to be dropped are told again, and counted as their probe’s', () => {
    const spool = fixture.open({ maxBytes: 20_000 })
    spool.append(HERE, [knows(1_000)])
    spool.appendCoverage(coverage('kamera'), HERE.scan)
    const told = fixture.deliverAll(spool).find((entry) => entry.type === 'coverage')
    expect(told?.probes.map((row) => row.probe)).toEqual(['snmp-sweep', 'snmp-table'])
    const again = fixture.open()
    again.append(LATER, [knows(1_000)])
    expect(fixture.deliverAll(again).map(inWords)).toContain('table 10.0.0.1 forwarding 0')
  })
})
