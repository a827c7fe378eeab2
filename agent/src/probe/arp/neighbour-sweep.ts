/** The rungs below frames: the kernel asks with ARP before it sends a datagram, and keeps the answer in its table. */
import { setTimeout as sleep } from 'node:timers/promises'
import { formatIpv4, parseIpv4 } from '@ophav/shared/value'
import PQueue from 'p-queue'
import { shuffled } from '../../scan/random-order.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import type { Sightings } from './sighting.ts'

/** RFC 863: what is sent to the discard port is thrown away. */
export const DISCARD_PORT = 9

/**
 * The kernel keeps 1,024 neighbours by default (gc_thresh3 of arp(7)) for the whole host, and drops what goes
 * beyond it without a word. Each chunk is read before the next begins, and so leaves room for others.
 */
const CHUNK = 256
const SETTLE_MS = 200
/** A failed entry stays in the table until it is collected: beyond one chunk the sweep goes slowly. */
const CHUNK_PAUSE_MS = 1_000

export async function* sweepNeighbours(
  addresses: Uint32Array,
  sightings: Sightings,
  context: ProbeContext,
  onAttempts: (count: number) => void,
): AsyncGenerator<ProbeResult> {
  const socket = await context.network.udp({ budget: 'sweep' })
  // Nobody answers the discard port; a refusal is as good as silence, since the table tells who is there.
  socket.onRefused(() => {})
  try {
    const order = shuffled(addresses)
    for (let offset = 0; offset < order.length; offset += CHUNK) {
      const chunk = [...order.subarray(offset, offset + CHUNK)]
      context.signal.throwIfAborted()
      await Promise.all(
        chunk.map((address) => socket.send(new Uint8Array(0), DISCARD_PORT, formatIpv4(address))),
      )
      context.asked(chunk)
      onAttempts(chunk.length)
      const isLast = offset + CHUNK >= order.length
      await sleep(isLast ? SETTLE_MS : CHUNK_PAUSE_MS, undefined, { signal: context.signal })
      const wanted = new Set(chunk)
      for (const { address, mac } of (await context.network.neighbours()) ?? []) {
        const number = parseIpv4(address) ?? 0
        if (wanted.has(number)) sightings.add(number, Buffer.from(mac.replaceAll(':', ''), 'hex'))
      }
      yield* sightings.take()
    }
  } finally {
    socket.close()
  }
}

/** The last rung: the system's own programs, one address at a time. Beyond this many it would take an hour. */
export const MAX_LOOK_UPS = 1_024
const LOOK_UPS_AT_ONCE = 8

export async function* sweepLookUps(
  addresses: Uint32Array,
  sightings: Sightings,
  context: ProbeContext,
  onAttempts: (count: number) => void,
): AsyncGenerator<ProbeResult> {
  const queue = new PQueue({ concurrency: LOOK_UPS_AT_ONCE })
  const order = shuffled(addresses).subarray(0, MAX_LOOK_UPS)
  for (let offset = 0; offset < order.length; offset += LOOK_UPS_AT_ONCE) {
    context.signal.throwIfAborted()
    await queue.addAll(
      [...order.subarray(offset, offset + LOOK_UPS_AT_ONCE)].map((address) => async () => {
        const mac = await context.network.lookUp(formatIpv4(address))
        context.asked([address])
        onAttempts(1)
        if (mac !== null) sightings.add(address, Buffer.from(mac.replaceAll(':', ''), 'hex'))
      }),
    )
    yield* sightings.take()
  }
}
