/** Tests of the spool on real files: deltas, numbers, bounds, damage. */
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCode, type Entry } from '@ophav/shared'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Sighting } from './append.ts'
import type { DropCount } from './bound.ts'
import { MIGRATIONS } from './migration.ts'
import { coverage, inWords, readBatch, sighting, START, testSealer } from './sighting.testkit.ts'
import { Spool, type SpoolOptions } from './spool.ts'
import { readSpoolSummary } from './summary.ts'

const HERE = { segment: 'kamera', scan: 'scan-1' }
const LATER = { segment: 'kamera', scan: 'scan-2' }

let directory = ''
let path = ''
const sealer = testSealer()
const opened: Spool[] = []
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ophav-spool-'))
  path = join(directory, 'spool.sqlite')
  sealer.at(START)
})
afterEach(() => {
  for (const spool of opened.splice(0)) spool.close()
  rmSync(directory, { recursive: true, force: true })
})

function open(options: Partial<SpoolOptions> = {}): Spool {
  const spool = new Spool({ path, sealer, ...options })
  opened.push(spool)
  return spool
}

/** Sends everything, as a collector that takes all would receive it. */
function deliverAll(spool: Spool): Entry[] {
  const entries: Entry[] = []
  for (let batch = spool.nextBatch(); batch; batch = spool.nextBatch()) {
    entries.push(...readBatch(batch, sealer).entries)
    spool.acknowledge(batch.sequence)
  }
  return entries
}

const codeOf = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return errorCode(error)
  }
}

test('news is told in full, the same again in short, and a change in full', () => {
  const spool = open()
  spool.append(HERE, [sighting(1, 'a'), sighting(2, 'a')])
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'b')])
  expect(deliverAll(spool).map(inWords)).toEqual([
    'observation 10.0.0.1 a',
    'observation 10.0.0.2 a',
    'presence 10.0.0.1',
    'observation 10.0.0.2 b',
  ])
})

test('what a subject says is compared without the order of replies and without counters', () => {
  const spool = open()
  const says = (...evidence: Sighting['result']['evidence']): Sighting => {
    const { probe, result } = sighting(1, '')
    return { probe, result: { ...result, evidence } }
  }
  const name = { kind: 'snmp.sysName', value: 'a' }
  const model = { kind: 'model', value: 'b' }
  spool.append(HERE, [says(name, model, { kind: 'snmp.engineTime', value: 1 })])
  spool.append(LATER, [says(model, name, { kind: 'snmp.engineTime', value: 99 })])
  expect(deliverAll(spool).map((entry) => entry.type)).toEqual(['observation', 'presence'])
})

test('silence makes no entry and takes nothing back; refusal is an answer', () => {
  const spool = open()
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
  expect(deliverAll(spool).map(inWords)).toEqual([
    'observation 10.0.0.1 a',
    'presence 10.0.0.1',
    'observation 10.0.0.1 undefined',
  ])
})

test('a MAC that moves to another address and back is told each time', () => {
  const spool = open()
  const at = (address: string): Sighting => {
    const { result } = sighting(1, 'a')
    return { probe: 'arp', result: { ...result, address, mac: '44:19:b6:00:00:01' } }
  }
  for (const [scan, address] of ['10.0.0.1', '10.0.0.2', '10.0.0.1', '10.0.0.1'].entries()) {
    spool.append({ segment: 'kamera', scan: `scan-${scan}` }, [at(address)])
    spool.appendCoverage(coverage('kamera', `scan-${scan}`))
  }
  const types = deliverAll(spool).map((entry) => entry.type)
  expect(types.filter((type) => type !== 'coverage')).toEqual([
    'observation',
    'observation',
    'observation',
    'presence',
  ])
})

test('a batch keeps its number and its bytes until it is acknowledged, over restarts', () => {
  const first = open()
  first.append(HERE, [sighting(1, 'a')])
  const sent = first.nextBatch()
  first.append(HERE, [sighting(2, 'a')])
  first.close()
  const spool = open()
  expect(spool.nextBatch()).toEqual(sent)
  spool.acknowledge(1)
  expect(spool.nextBatch()?.sequence).toBe(2)
  spool.acknowledge(2)
  expect(spool.nextBatch()).toBeNull()
})

test('a batch holds no more than the wire allows', () => {
  const spool = open()
  spool.append(
    HERE,
    Array.from({ length: 1201 }, (_, device) => sighting(device, 'a')),
  )
  const sizes: number[] = []
  for (let batch = spool.nextBatch(); batch; batch = spool.nextBatch()) {
    sizes.push(readBatch(batch, sealer).entries.length)
    spool.acknowledge(batch.sequence)
  }
  expect(sizes).toEqual([500, 500, 201])
})

test('an endless answer loses its tail and still fits into a batch', () => {
  const spool = open()
  const { probe, result } = sighting(1, '')
  const evidence = Array.from({ length: 600 }, () => ({ kind: 'mdns.txt', value: 'ø'.repeat(16_384) }))
  spool.append(HERE, [{ probe, result: { ...result, evidence } }, sighting(2, 'a')])
  const [entry, next] = deliverAll(spool)
  expect(entry?.type === 'observation' && entry.evidence.length).toBe(31)
  expect(next && inWords(next)).toBe('observation 10.0.0.2 a')
})

test('a restored collector gets the numbers it expects, and everything in full again', () => {
  const spool = open()
  spool.append(HERE, [sighting(1, 'a')])
  deliverAll(spool)
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(2)
  spool.renumber(1)
  const batch = spool.nextBatch()
  expect(batch?.sequence).toBe(1)
  expect(batch && readBatch(batch, sealer).entries.map(inWords)).toEqual([
    'presence 10.0.0.1',
    'observation 10.0.0.2 a',
  ])
  spool.acknowledge(1)
  spool.append(LATER, [sighting(1, 'a')])
  expect(deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.1 a'])
})

test('an agent that is enrolled again sends what waits under its new name, from one on', () => {
  const old = open()
  old.append(HERE, [sighting(1, 'a')])
  old.nextBatch()
  old.close()
  const renewed = testSealer('1b9f1c52-7d3e-4a55-9f11-2d6c8a1e4b70')
  const spool = new Spool({ path, sealer: renewed })
  opened.push(spool)
  const batch = spool.nextBatch()
  expect(batch && readBatch(batch, renewed)).toMatchObject({ agent: renewed.agent, sequence: 1 })
})

test('entries of a segment that was taken from the agent are taken back, from batches too', () => {
  const spool = open()
  spool.append(HERE, [sighting(1, 'a')])
  spool.append({ segment: 'kontor', scan: 's' }, [sighting(2, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(1)
  spool.append(HERE, [sighting(3, 'a')])
  spool.append({ segment: 'kontor', scan: 's' }, [sighting(4, 'a')])
  expect(spool.withdrawAllBut(new Set(['kontor']))).toBe(2)
  expect(deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.2 a', 'observation 10.0.0.4 a'])
})

test('a full spool drops presence first, then observations, counts both and tells them in the coverage', () => {
  const dropped: DropCount[] = []
  const spool = open({ maxBytes: 60_000, onDropped: (count) => dropped.push(count) })
  const devices = Array.from({ length: 50 }, (_, device) => sighting(device, 'a'))
  spool.append(HERE, devices)
  spool.append(LATER, devices)
  expect(dropped).toEqual([])
  for (let round = 0; round < 5; round++)
    spool.append(
      LATER,
      Array.from({ length: 40 }, (_, device) => sighting(1000 + 100 * round + device, 'a')),
    )
  const total = (kind: keyof DropCount) => dropped.reduce((sum, count) => sum + count[kind], 0)
  expect(dropped[0]?.presence).toBe(50)
  expect(total('presence')).toBe(50)
  expect(total('observation')).toBeGreaterThan(0)
  spool.appendCoverage(coverage('kamera'))
  const entries = deliverAll(spool)
  const last = entries.at(-1)
  expect(entries.filter((entry) => entry.type === 'observation').length).toBe(250 - total('observation'))
  expect(last).toMatchObject({ type: 'coverage', complete: false })
  expect(last?.type === 'coverage' && last.probes[0]?.notChecked).toBe(
    `Dropped unsent because the spool had no room: ${total('observation')} observations, 50 presences.`,
  )
  // What was dropped is told in full by the next scan, what was kept in short.
  spool.append(LATER, devices)
  const types = deliverAll(spool).map((entry) => entry.type)
  expect(types.filter((type) => type === 'observation').length).toBe(Math.min(50, total('observation')))
  spool.appendCoverage(coverage('kamera'))
  expect(deliverAll(spool)[0]).toMatchObject({ complete: true })
})

test('a file that cannot grow makes room inside itself, from the oldest', () => {
  const dropped: DropCount[] = []
  const spool = open({ maxFileBytes: 200_000, onDropped: (count) => dropped.push(count) })
  const told = new Set<string>()
  for (let round = 0; round < 30; round++)
    spool.append(
      HERE,
      Array.from({ length: 20 }, (_, device) => sighting(100 * round + device, 'a')),
    )
  spool.appendCoverage(coverage('kamera'))
  for (const entry of deliverAll(spool)) if (entry.type === 'observation') told.add(inWords(entry))
  expect(told).toContain(`observation ${sighting(2919, 'a').result.address} a`)
  expect(told).not.toContain('observation 10.0.0.0 a')
  const lost = dropped.reduce((sum, count) => sum + count.observation, 0)
  expect(told.size + lost).toBe(600)
})

test('what could not be written at all is counted, and told once there is room', () => {
  const dropped: DropCount[] = []
  const spool = open({ maxFileBytes: 200_000, onDropped: (count) => dropped.push(count) })
  const large = Array.from({ length: 30 }, (_, device) => sighting(device, 'x'.repeat(10_000)))
  expect(spool.append(HERE, large)).toEqual({ observations: 0, presences: 0, bytes: 0 })
  expect(dropped).toEqual([{ observation: 30, presence: 0, coverage: 0 }])
  spool.append(HERE, [sighting(1, 'a')])
  spool.appendCoverage(coverage('kamera'))
  const [, last] = deliverAll(spool)
  expect(last?.type === 'coverage' && last.probes[0]?.notChecked).toBe(
    'Dropped unsent because the spool had no room: 30 observations.',
  )
  spool.append(LATER, [sighting(2, 'a')])
  expect(deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.2 a'])
})

test('a damaged spool is set aside, a new one begins beyond every used number, and a third start is quiet', () => {
  const first = open()
  first.append(HERE, [sighting(1, 'a')])
  first.close()
  writeFileSync(path, 'this is no database, and long enough to be looked at as one'.repeat(100))
  const spool = open()
  expect(spool.setAside).toContain('spool.sqlite.damaged-')
  expect(readdirSync(directory)).toContain(spool.setAside?.split('/').at(-1))
  spool.append(HERE, [sighting(1, 'a')])
  expect(spool.nextBatch()?.sequence).toBe(START)
  spool.renumber(7)
  expect(spool.nextBatch()?.sequence).toBe(7)
  spool.close()
  expect(open().setAside).toBeNull()
})

test('a spool cut off in its middle is set aside too', () => {
  const first = open()
  for (let round = 0; round < 20; round++)
    first.append(
      { segment: 'kamera', scan: `${round}` },
      Array.from({ length: 100 }, (_, device) => sighting(device, `${round}`)),
    )
  first.close()
  truncateSync(path, 40_960)
  expect(open().setAside).not.toBeNull()
})

test('the spool of a newer program is left alone', () => {
  open().close()
  const db = new Database(path)
  db.pragma(`user_version = ${MIGRATIONS.length + 1}`)
  db.close()
  expect(codeOf(() => open())).toBe('store.newer')
})

test('a spool that cannot be opened says so', () => {
  expect(codeOf(() => new Spool({ path: directory, sealer }))).toBe('spool.unreadable')
})

test('the summary is read beside the running agent', () => {
  expect(readSpoolSummary(path)).toBeNull()
  const spool = open()
  spool.append(HERE, [sighting(1, 'a')])
  spool.nextBatch()
  spool.append(LATER, [sighting(1, 'a'), sighting(2, 'a')])
  spool.recordFailure('uplink.unreachable')
  spool.recordScanStart('kamera', START)
  expect(readSpoolSummary(path)).toEqual({
    observations: 1,
    presences: 1,
    coverages: 0,
    batches: 1,
    batchEntries: 1,
    dropped: 0,
    nextSequence: 2,
    deliveredAt: null,
    failedAt: START,
    failure: 'uplink.unreachable',
    scans: { kamera: START },
  })
})
