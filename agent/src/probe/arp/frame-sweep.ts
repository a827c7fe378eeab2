/** The best rung: raw frames, two passes, answers read between batches. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { FrameSocket } from '../../net/network.ts'
import { shuffled } from '../../scan/random-order.ts'
import { LossSample } from '../loss-sample.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import { aimAt, ARP_FRAME_OCTETS, requestFrames, SENDER_MAC_OFFSET, senderOf } from './frame.ts'
import type { Sightings } from './sighting.ts'

/** One pass misses what the network loses; the second asks only the silent. */
export const PASSES = 2

/** Frames between two looks at what came back: first questions, and repetitions that measure the loss. */
const BATCH = 120
const AGAIN = 8

/** How long a host on a link takes that is well; one that sleeps takes longer, and is asked twice. */
const QUIET_MS = { min: 100, max: 500 }
/** Where thousands of answers tell how long one takes. */
const MEASURED_QUIET_MS = { min: 20, max: 100 }
/** A segment that never falls silent holds up the sweep no longer than this. */
const SETTLE_MS = 2_000
const LOOK_MS = 2

/** Timers and signals get their turn this often. */
const TURN_MS = 8

/** The kernel's queue is full: it empties in far less than this. */
const FULL_QUEUE_PAUSE_MS = 1
const FULL_QUEUE_TRIES = 1_000

/**
 * At a polite pace the silent are always asked twice. Without a limit, the loss is measured on the way, and where it is
 * too small to matter silence is believed at once.
 */
export async function* sweepFrames(
  socket: FrameSocket,
  addresses: Uint32Array,
  sightings: Sightings,
  context: ProbeContext,
  onAttempts: (count: number) => void,
): AsyncGenerator<ProbeResult> {
  const frames = requestFrames(socket, BATCH + AGAIN)
  const sample = LossSample.of(addresses.length, context.pace, MEASURED_QUIET_MS)
  const listen = () => {
    const now = performance.now()
    socket.drain((frame) => {
      const sender = senderOf(frame)
      if (sender === 0 || !context.scope.has(sender)) return
      const isNew = sightings.add(sender, frame, SENDER_MAC_OFFSET)
      if (isNew) sample?.offer(sender)
      else sample?.hear(sender, now)
    })
  }
  let order = shuffled(addresses)
  let turnAt = performance.now()
  for (let pass = 0; pass < PASSES; pass++) {
    const startedAt = performance.now()
    for (let offset = 0; offset < order.length; offset += BATCH) {
      context.signal.throwIfAborted()
      const batch = order.subarray(offset, offset + BATCH)
      const again = (pass === 0 && sample?.draw(AGAIN, performance.now())) || []
      for (let index = 0; index < batch.length; index++) aimAt(frames, index, batch[index] ?? 0)
      again.forEach((address, index) => aimAt(frames, batch.length + index, address))
      await sendAll(socket, frames, batch.length + again.length)
      if (pass === 0) context.asked(batch)
      onAttempts(batch.length)
      listen()
      for (const result of sightings.take()) yield result
      if (performance.now() - turnAt < TURN_MS) continue
      await setImmediate()
      turnAt = performance.now()
    }
    const took = performance.now() - startedAt
    const isLast = pass === PASSES - 1
    const measured = sample?.isMeaningful === true ? sample : null
    const quiet = () => measured?.quiet ?? (isLast ? quietAfter(took) : QUIET_MS.min - took)
    const isLossy = () => !isLast && measured?.isLossy(performance.now()) === true
    yield* settle(context, sightings, listen, quiet, isLossy)
    if (isLast) break
    const isPlanned = order.length
    order = measured && !isLossy() ? new Uint32Array(0) : order.filter((address) => !sightings.has(address))
    // Those who need no second question count as asked.
    onAttempts(isPlanned - order.length)
    if (order.length === 0) break
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

/** Listens until nobody new has been heard for `quiet` milliseconds, or until it is known that there is more to ask. */
async function* settle(
  context: ProbeContext,
  sightings: Sightings,
  listen: () => void,
  quiet: () => number,
  isEnough: () => boolean,
): AsyncGenerator<ProbeResult> {
  const from = performance.now()
  let heardAt = from
  for (;;) {
    const before = sightings.count
    listen()
    const now = performance.now()
    if (sightings.count > before) heardAt = now
    for (const result of sightings.take()) yield result
    if (now - heardAt >= quiet() || now - from >= SETTLE_MS || isEnough()) return
    await sleep(LOOK_MS, undefined, { signal: context.signal })
  }
}
