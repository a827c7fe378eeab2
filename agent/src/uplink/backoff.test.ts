/** Tests of how long the agent waits after what. */
import { OphavError } from '@ophav/shared'
import { expect, test } from 'vitest'
import { failureKind, retryDelay } from './backoff.ts'
import { Refusal } from './post.ts'

const passing = new OphavError('uplink.unreachable')

test('waits double to five minutes, with full jitter', () => {
  const most = [1, 2, 3, 4, 9, 10, 100].map((failures) => retryDelay(passing, failures, () => 1))
  expect(most).toEqual([1000, 2000, 4000, 8000, 256_000, 300_000, 300_000])
  expect(retryDelay(passing, 100, () => 0)).toBe(0)
})

test('a collector that says when is obeyed, within an hour', () => {
  const asks = (milliseconds: number) => new Refusal('store.busy', {}, milliseconds)
  expect(retryDelay(asks(7000), 1, () => 0)).toBe(7000)
  expect(retryDelay(asks(86_400_000), 1, () => 0)).toBe(3_600_000)
})

test('what a person has to change is tried seldom, approval soon, a defect as the network', () => {
  expect(failureKind(new OphavError('agent.revoked'))).toBe('operator')
  expect(retryDelay(new OphavError('agent.revoked'), 1, () => 0)).toBe(300_000)
  expect(retryDelay(new OphavError('agent.not-approved'), 50, () => 1)).toBe(22_500)
  expect(failureKind(new OphavError('internal.defect'))).toBe('passing')
  expect(failureKind(new TypeError('x'))).toBe('passing')
})
