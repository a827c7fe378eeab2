import { expect, test } from 'vitest'
import { describeFindings } from '../command/doctor.ts'
import { PROBES } from '../probe/registry.ts'
import { isFit } from './finding.ts'
import { findInterfaces, findSegment } from './link.ts'
import { findRungs } from './rung.ts'
import { findClock, findDisk } from './system.ts'

const seg0 = { name: 'seg0', address: '10.0.0.9', prefix: 24, mac: '02:00:00:00:00:09', internal: false }
const state = { name: 'seg0', hasCarrier: true, ranges: [[0x0a000000, 0x0a0000ff] as const], gateways: [] }

const rungOfArp = async (obstacle: string | null, hasTable: boolean, programs: string[]) => {
  const network = { frameObstacle: () => obstacle, neighbours: async () => (hasTable ? [] : null) }
  const rungs = await findRungs(PROBES, network, (name) => programs.includes(name))
  return rungs.find(({ check }) => check === 'rung.arp')
}

test('each rung of the ladder is named, and the machine without any is not fit', async () => {
  expect(await rungOfArp(null, true, [])).toMatchObject({ level: 'ok', says: 'raw frames' })
  expect(await rungOfArp('permission', true, [])).toMatchObject({
    level: 'warn',
    says: "the kernel's neighbour table",
  })
  expect(await rungOfArp('platform', false, ['ping', 'arp'])).toMatchObject({ level: 'warn' })
  const none = await rungOfArp('platform', false, ['arp'])
  expect(none?.level).toBe('fail')
  expect(isFit(none ? [none] : [])).toBe(false)
})

test('a segment over a dead link is a fault, one in which the machine has no address a warning', () => {
  const segment = { key: 'kamera', ranges: ['10.0.0.0/24'] }
  expect(findSegment(segment, [seg0], [state]).level).toBe('ok')
  expect(findSegment(segment, [], [{ ...state, hasCarrier: false }]).level).toBe('fail')
  expect(findSegment({ ...segment, ranges: ['10.9.0.0/24'] }, [seg0], [state]).level).toBe('warn')
})

test('interfaces are listed whether or not they are up', () => {
  const dead = { ...state, name: 'seg1', hasCarrier: false }
  expect(findInterfaces([seg0], [state, dead]).map(({ check, level }) => `${check} ${level}`)).toEqual([
    'interface.seg0 ok',
    'interface.seg1 warn',
  ])
  expect(findInterfaces([], [])).toMatchObject([{ level: 'fail' }])
})

test('a clock is judged against the collector, and not at all where it does not say', () => {
  const now = Date.now()
  expect([0, -60_000, 7_200_000].map((skew) => findClock(now - skew, now).level)).toEqual([
    'ok',
    'warn',
    'fail',
  ])
  expect(findClock(null, now).level).toBe('not-checked')
  expect(findDisk('/nonexistent').level).toBe('not-checked')
})

test('a person reads the fault, what to do and the verdict; what a name smuggles in is harmless', () => {
  const text = describeFindings([
    { check: 'interface.\u001b[2Jx', level: 'fail', says: 'a', advice: 'do b' },
    { check: 'disk', level: 'ok', says: 'c' },
  ])
  expect(text).not.toContain('\u001b')
  expect(text).toMatch(/^FAULT .*a\n.*-> do b\nok .*c\nNot fit: 1 fault\.\n$/)
})
