import { AddressSet } from '@ophav/shared/value'
import { expect, test } from 'vitest'
import { CoverageCount } from './coverage.ts'

test('a scan that is stopped between the sweeps and the questions says why, and who was left without them', () => {
  const scope = AddressSet.parse(['10.0.0.0/30'])
  const count = new CoverageCount({ segment: 'kamera', scope, excluded: 0, saved: null })
  count.begin('arp')
  count.asked('arp', [0x0a000000, 0x0a000001, 0x0a000002, 0x0a000003])
  count.result('arp', { address: '10.0.0.1', mac: null, outcome: 'answered', evidence: [], observedAt: 0 })
  count.endSweep('arp')
  const link = { own: [], gateways: [], unplugged: [], isOnLink: true }
  const end = { scan: 's', startedAt: 0, endedAt: 1, resumed: 0, packetsSent: 4, link: link as never }
  expect(count.end({ ...end, stopped: 'kill-switch' })).toMatchObject({
    result: 'incomplete',
    attempted: 4,
    notAttempted: [{ reason: 'kill-switch', addresses: 0, devices: 1 }],
  })
  expect(count.end({ ...end, stopped: null })).toMatchObject({ result: 'complete' })
})
