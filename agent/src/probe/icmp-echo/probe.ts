/** Asks for an echo where ARP does not reach: addresses of the scope behind a router. */
import { setTimeout as sleep } from 'node:timers/promises'
import { AddressSet, formatIpv4 } from '@ophav/shared/value'
import { linksOf } from '../../net/link.ts'
import type { EchoSocket } from '../../net/network.ts'
import { shuffled } from '../../scan/random-order.ts'
import type { ProbeContext, ProbeResult, SweepProbe } from '../probe.ts'

/** One pass misses what the network loses; the second asks only the silent. */
const PASSES = 2
const BATCH = 64

/** Before a burst through a gateway: its MAC is being resolved, and what waits for it is dropped. */
const WARM_UP_MS = 20
/** How long a round trip takes that is well. */
const QUIET_MS = { min: 250, max: 1_000 }
/** Answers that trickle in hold up the sweep no longer than this. */
const SETTLE_MS = 3_000
const LOOK_MS = 10

export const icmpEcho: SweepProbe = {
  kind: 'sweep',
  name: 'icmp-echo',
  title: 'ICMP echo, addresses behind a router',
  transport: 'icmp',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: PASSES,
  yields: [],
  sweep,
}

async function* sweep(context: ProbeContext): AsyncGenerator<ProbeResult> {
  const { network, scope } = context
  const routed = scope.without(new AddressSet(linksOf(network.interfaces()).map(({ range }) => range)))
  // On a link nobody is asked for an echo: who is silent to ARP cannot be reached, and who is not lives.
  if (routed.size === 0) return context.rung(null)
  const socket = network.echo?.() ?? null
  if (!socket) return context.rung(null, `no socket for echoes: ${routed.size} addresses were not asked`)
  context.rung(socket.rung)
  try {
    yield* askAll(socket, routed.numbers(), context)
  } catch (error) {
    if (!context.signal.aborted) throw error
  } finally {
    socket.close()
  }
}

async function* askAll(
  socket: EchoSocket,
  addresses: Uint32Array,
  context: ProbeContext,
): AsyncGenerator<ProbeResult> {
  const { signal } = context
  const heard = new Set<number>()
  const wanted = new Set(addresses)
  const listen = function* (): Generator<ProbeResult> {
    const found: number[] = []
    socket.drain((address) => {
      if (!wanted.has(address) || heard.has(address)) return
      heard.add(address)
      found.push(address)
    })
    for (const address of found)
      yield {
        address: formatIpv4(address),
        mac: null,
        outcome: 'answered',
        evidence: [],
        observedAt: context.now(),
      }
  }
  let order = shuffled(addresses)
  for (let pass = 0; pass < PASSES && order.length > 0; pass++) {
    const startedAt = performance.now()
    for (let offset = 0; offset < order.length;) {
      signal.throwIfAborted()
      const isFirst = pass === 0 && offset === 0
      const batch = order.subarray(offset, offset + (isFirst ? 1 : BATCH))
      await socket.send(batch)
      if (pass === 0) context.asked(batch)
      offset += batch.length
      context.progress(pass * addresses.length + offset, PASSES * addresses.length)
      await sleep(isFirst ? WARM_UP_MS : 0, undefined, { signal })
      yield* listen()
    }
    const took = performance.now() - startedAt
    yield* settle(listen, heard, Math.min(Math.max(took / 2, QUIET_MS.min), QUIET_MS.max), signal)
    order = order.filter((address) => !heard.has(address))
  }
}

/** Listens until nothing has come for `quiet` milliseconds. */
async function* settle(
  listen: () => Generator<ProbeResult>,
  heard: ReadonlySet<number>,
  quiet: number,
  signal: AbortSignal,
): AsyncGenerator<ProbeResult> {
  const from = performance.now()
  for (let heardAt = from; ;) {
    const before = heard.size
    yield* listen()
    const now = performance.now()
    if (heard.size > before) heardAt = now
    if (now - heardAt >= quiet || now - from >= SETTLE_MS) return
    await sleep(LOOK_MS, undefined, { signal })
  }
}
