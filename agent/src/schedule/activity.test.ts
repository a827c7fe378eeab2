import { Activity, fits } from '@ophav/shared'
import { expect, test } from 'vitest'
import { ActivityLog } from './activity.ts'

test('what the agent is doing is told in the words of the wire, and nothing while it does nothing', () => {
  const log = new ActivityLog(() => Date.parse('2026-03-20T21:00:00Z'))
  expect(log.current).toBeUndefined()
  log.wait('kamera', 'freeze')
  expect(log.current).toMatchObject({ segment: 'kamera', state: 'waiting', reason: 'freeze' })
  log.scan('kamera')
  log.scan('kamera', { type: 'phase', probe: 'arp', title: 'ARP'.repeat(200), attempts: null })
  log.scan('kamera', { type: 'progress', probe: 'arp', done: 5, total: 20, found: 2 })
  expect(log.current).toMatchObject({
    state: 'scanning',
    done: 5,
    total: 20,
    found: 2,
    at: '2026-03-20T21:00:00.000Z',
  })
  expect(fits(Activity, log.current)).toBe(true)
  log.rest()
  expect(log.current).toBeUndefined()
})
