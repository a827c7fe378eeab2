/** The best rung: raw frames, two passes, answers read between batches. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { FrameSocket } from '../../net/network.ts'
import { shuffled } from '../../scan/random-order.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { aimAt, ARP_FRAME_OCTETS, readSender, requestFrames } from './frame.ts'
import type { Sightings } from './sighting.ts'

/** One pass misses what the network loses; the second asks only the silent. */
export const PASSES = 2

/** Frames between two looks at what came back. */
const BATCH = 128

/** How long a host on a link takes that is well; one that sleeps takes longer, and is asked twice. */
const QUIET_MS = { min: 100, max: 500 }
/** A segment that never falls silent holds up the sweep no longer than this. */
const SETTLE_MS = 2_000
const LOOK_MS = 5

/** Timers and signals get their turn this often. */
const TURN_MS = 8

/** The kernel's queue is full: it empties in far less than this. */
const FULL_QUEUE_PAUSE_MS = 1
const FULL_QUEUE_TRIES = 1_000

export async function* sweepFrames(
  socket: FrameSocket,
  addresses: Uint32Array,
  sightings: Sightings,
  context: ProbeContext,
  onAttempts: (count: number) => void,
): AsyncGenerator<ProbeResult> {
  const frames = requestFrames(socket, BATCH)
  const listen = () =>
    socket.drain((frame) => {
      const sender = readSender(frame)
      if (sender && context.scope.has(sender.address)) sightings.add(sender.address, sender.mac)
    })
  let order = shuffled(addresses)
  let turnAt = performance.now()
  for (let pass = 0; pass < PASSES; pass++) {
    const startedAt = performance.now()
    const isPlanned = order.length
    for (let offset = 0; offset < order.length; offset += BATCH) {
      context.signal.throwIfAborted()
      const batch = order.subarray(offset, offset + BATCH)
      batch.forEach((address, index) => aimAt(frames, index, address))
      await sendAll(socket, frames, batch.length)
      if (pass === 0) context.asked(batch)
      onAttempts(batch.length)
      listen()
      yield* sightings.take()
      if (performance.now() - turnAt < TURN_MS) continue
      await setImmediate()
      turnAt = performance.now()
    }
    const took = performance.now() - startedAt
    const isLast = pass === PASSES - 1
    yield* settle(context, sightings, listen, isLast ? quietAfter(took) : QUIET_MS.min - took)
    order = order.filter((address) => !sightings.has(address))
    // Those who need no second question count as asked.
    if (!isLast) onAttempts(isPlanned - order.length)
  }
}

/** Who asks slowly has time to listen. */
const quietAfter = (took: number): number => Math.min(Math.max(took / 2, QUIET_MS.min), QUIET_MS.max)

async function sendAll(socket: FrameSocket, frames: Buffer, count: number): Promise<void> {
  let sent = 0
  for (let attempt = 0; attempt < FULL_QUEUE_TRIES; attempt++) {
    if (attempt > 0) await sleep(FULL_QUEUE_PAUSE_MS)
    sent += await socket.send(frames.subarray(sent * ARP_FRAME_OCTETS), ARP_FRAME_OCTETS, count - sent)
    if (sent >= count) return
  }
}

/** Listens until nothing has come for `quiet` milliseconds. */
async function* settle(
  context: ProbeContext,
  sightings: Sightings,
  listen: () => void,
  quiet: number,
): AsyncGenerator<ProbeResult> {
  const from = performance.now()
  let heardAt = from
  for (;;) {
    const before = sightings.count
    listen()
    const now = performance.now()
    if (sightings.count > before) heardAt = now
    yield* sightings.take()
    if (now - heardAt >= quiet || now - from >= SETTLE_MS) return
    await sleep(LOOK_MS, undefined, { signal: context.signal })
  }
}
