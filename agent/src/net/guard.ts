/** What stands between a probe and the wire: the checks that every kind of packet goes through. */
import { OphavError } from '@ophav/shared/value'
import type { DeviceWatch } from '../scan/device-watch.ts'
import type { LinkScope } from '../scan/link-scope.ts'
import type { Pacer } from '../scan/pace.ts'
import type { Scope } from '../scan/scope.ts'
import type { DeviceTurn } from './device-turn.ts'
import type { Budget } from './network.ts'
import type { PacketAccount } from './packet-account.ts'

export interface Guard {
  scope: Scope
  /** What may be said over IPv6; without it nothing. */
  link?: LinkScope
  pacer: Pacer
  account: PacketAccount
  watch: DeviceWatch
  turn: DeviceTurn
  /** After it fires nothing leaves any more. */
  signal: AbortSignal
}

/** Counts what is refused. @throws what the check throws */
export function checked(guard: Guard, check: () => void): void {
  try {
    check()
  } catch (error) {
    guard.account.refused++
    throw error
  }
}

/**
 * Waits for the pace. A stop or a rest that comes meanwhile holds as well.
 * @throws OphavError `scan.stopped`, `scan.device-resting`
 */
export async function allowed(
  guard: Guard,
  budget: Budget,
  packets: number,
  address: string | null,
): Promise<void> {
  checkState(guard, budget, address)
  const wait = guard.pacer.take(budget, packets, address)
  if (!wait) return
  await wait.catch((cause: unknown) => {
    if (guard.signal.aborted) throw new OphavError('scan.stopped', {}, { cause })
    throw cause
  })
  checkState(guard, budget, address)
}

function checkState(guard: Guard, budget: Budget, address: string | null): void {
  if (guard.signal.aborted) throw new OphavError('scan.stopped')
  if (budget === 'device' && address !== null && guard.watch.restLeft(address) > 0)
    throw new OphavError('scan.device-resting', { address })
}
