/** Asks each device one probe after the other, several devices at a time; one that needs rest is taken up again later. */
import { errorCode, parseIpv4 } from '@ophav/shared/value'
import PQueue from 'p-queue'
import type { AskProbe } from '../probe/probe.ts'
import { pause } from '../probe/exchange.ts'
import type { CoverageCount } from './coverage.ts'
import type { DeviceWatch } from './device-watch.ts'
import type { Hosts } from './hosts.ts'
import { shuffledFrom } from './random-order.ts'
import { stopReason } from './stop.ts'

export interface Asking {
  addresses: readonly string[]
  seed: string
  concurrency: number
  probes: readonly AskProbe[]
  signal: AbortSignal
  hosts: Hosts
  watch: DeviceWatch
  count: CoverageCount
  ask: (probe: AskProbe, address: string) => Promise<void>
  fail: (probe: string, error: unknown) => void
  /** After each device of whom everything was asked, or that was given up. */
  onDevice: () => Promise<void>
}

export async function askDevices(asking: Asking): Promise<void> {
  const { addresses, seed, concurrency } = asking
  const queue = new PQueue({ concurrency })
  const order = [...shuffledFrom(seed, addresses.keys())].map((at) => addresses[at] ?? '')
  await Promise.all(order.map((address) => attend(asking, queue, address)))
}

/** A device that rests takes no place from others. */
async function attend(asking: Asking, queue: PQueue, address: string): Promise<void> {
  const { probes, signal, watch, count, hosts } = asking
  let next = 0
  let interrupted = -1
  while (next < probes.length) {
    await queue.add(async () => {
      for (; next < probes.length; next++)
        if (!(await askOne(asking, probes[next], address, next === interrupted))) {
          interrupted = next
          return
        }
    })
    if (next >= probes.length) break
    const left = probes.slice(next).filter((probe) => isFor(hosts, probe, address))
    if (signal.aborted || watch.restLeft(address) === Infinity) {
      for (const { name } of left) count.outcome(name, 'not-attempted')
      count.shorted(signal.aborted ? stopReason(signal) : (watch.whyGivenUp(address) ?? 'backoff'))
      break
    }
    await pause(watch.restLeft(address), [signal])
  }
  if (signal.aborted && next < probes.length) return
  watch.forget(address)
  hosts.end(address)
  await asking.onDevice()
}

/** @returns whether the next question may follow; not, where the scan stops or the device needs rest */
async function askOne(
  asking: Asking,
  probe: AskProbe | undefined,
  address: string,
  isRepeated: boolean,
): Promise<boolean> {
  const { signal, watch, count, hosts } = asking
  if (signal.aborted || watch.restLeft(address) > 0) return false
  if (!probe || !isFor(hosts, probe, address)) return true
  if (!isRepeated) count.asked(probe.name, [parseIpv4(address) ?? 0])
  try {
    await asking.ask(probe, address)
    return true
  } catch (error) {
    // The same question is asked again after the rest.
    if (signal.aborted || errorCode(error) === 'scan.device-resting') return false
    count.outcome(probe.name, 'not-attempted')
    asking.fail(probe.name, error)
    return true
  }
}

/** A probe may leave alone those that a sweep has found silent, or has heard already. */
function isFor(hosts: Hosts, { after, unless }: AskProbe, address: string): boolean {
  if (unless !== undefined && hosts.wasHeardBy(unless, address)) return false
  return after === undefined || hosts.wasHeardBy(after, address) !== false
}
