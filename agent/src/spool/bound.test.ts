/** Tests of the spool's bounds: what gives way, in which order, and that it is told. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DropCount } from './bound.ts'
import { coverage, inWords, sighting, SpoolFixture } from './spool.testkit.ts'

const HERE = { segment: 'kamera', scan: 'scan-1' }
const LATER = { segment: 'kamera', scan: 'scan-2' }

let fixture: SpoolFixture
beforeEach(() => void (fixture = new SpoolFixture()))
afterEach(() => fixture[Symbol.dispose]())

test('a full spool drops presence first, then observations, counts both and tells them in the coverage', () => {
  const dropped: DropCount[] = []
  const spool = fixture.open({ maxBytes: 60_000, onDropped: (count) => dropped.push(count) })
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
  const entries = fixture.deliverAll(spool)
  const last = entries.at(-1)
  expect(entries.filter((entry) => entry.type === 'observation').length).toBe(250 - total('observation'))
  expect(last).toMatchObject({ type: 'coverage', complete: false })
  expect(last?.type === 'coverage' && last.probes[0]?.notChecked).toBe(
    `Dropped unsent because the spool had no room: ${total('observation')} observations, 50 presences.`,
  )
  // What was dropped is told in full by the next scan, what was kept in short.
  spool.append(LATER, devices)
  const types = fixture.deliverAll(spool).map((entry) => entry.type)
  expect(types.filter((type) => type === 'observation').length).toBe(Math.min(50, total('observation')))
  spool.appendCoverage(coverage('kamera'))
  expect(fixture.deliverAll(spool)[0]).toMatchObject({ complete: true })
})

test('a file that cannot grow makes room inside itself, from the oldest', () => {
  const dropped: DropCount[] = []
  const spool = fixture.open({ maxFileBytes: 200_000, onDropped: (count) => dropped.push(count) })
  const told = new Set<string>()
  for (let round = 0; round < 30; round++)
    spool.append(
      HERE,
      Array.from({ length: 20 }, (_, device) => sighting(100 * round + device, 'a')),
    )
  spool.appendCoverage(coverage('kamera'))
  for (const entry of fixture.deliverAll(spool)) if (entry.type === 'observation') told.add(inWords(entry))
  expect(told).toContain(`observation ${sighting(2919, 'a').result.address} a`)
  expect(told).not.toContain('observation 10.0.0.0 a')
  const lost = dropped.reduce((sum, count) => sum + count.observation, 0)
  expect(told.size + lost).toBe(600)
})

test('what could not be written at all is counted, and told once there is room', () => {
  const dropped: DropCount[] = []
  const spool = fixture.open({ maxFileBytes: 200_000, onDropped: (count) => dropped.push(count) })
  const large = Array.from({ length: 30 }, (_, device) => sighting(device, 'x'.repeat(10_000)))
  expect(spool.append(HERE, large)).toEqual({ observations: 0, presences: 0, bytes: 0 })
  expect(dropped).toEqual([{ observation: 30, presence: 0, table: 0, coverage: 0 }])
  spool.append(HERE, [sighting(1, 'a')])
  spool.appendCoverage(coverage('kamera'))
  const [, last] = fixture.deliverAll(spool)
  expect(last?.type === 'coverage' && last.probes[0]?.notChecked).toBe(
    'Dropped unsent because the spool had no room: 30 observations.',
  )
  spool.append(LATER, [sighting(2, 'a')])
  expect(fixture.deliverAll(spool).map(inWords)).toEqual(['observation 10.0.0.2 a'])
})
