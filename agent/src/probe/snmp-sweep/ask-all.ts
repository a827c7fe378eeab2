/** Asks each target each question, once or twice, and reads what comes back in between. */
import { setImmediate, setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from '@ophav/shared'
import { LossSample } from '../loss-sample.ts'
import type { ProbeContext, ProbeResult } from '../probe.ts'
import type { Question } from '../snmp-message/question.ts'
import type { Inbox } from './inbox.ts'
import type { Send } from './send.ts'
import type { Targets } from './target.ts'

/** One pass misses as many as the network loses; the second asks only those who are silent. */
export const PASSES = 2

/** Targets between two looks at what came back, and repetitions among them that measure the loss. */
const CHUNK = 256
const AGAIN = 32

/** Before a burst through a gateway: its MAC is being resolved, and datagrams that wait for it are dropped. */
const WARM_UP_MS = 20

/** How long an answer takes on a network that is well; between two passes at least this lies. */
const ROUND_TRIP_MS = 250
/** After the last pass, silence of half a pass ends the sweep: who asks slowly has time to listen. */
const QUIET_MS = { min: ROUND_TRIP_MS, max: 1_000 }
/** Where thousands of answers tell how long one takes: small processors take their time all the same. */
const MEASURED_QUIET_MS = { min: 100, max: 400 }
/** Answers that trickle in hold up the sweep no longer than this. */
const SETTLE_MS = 3_000
const LOOK_MS = 10

/** One way to some of the targets. */
export class Sender {
  readonly positions: Uint32Array
  readonly send: Send
  readonly warmUp: boolean
  /** At a polite pace the silent are always asked twice; without a limit, where the network loses something. */
  readonly sample: LossSample | null

  constructor(
    positions: Uint32Array,
    send: Send,
    { warmUp, pace }: { warmUp: boolean; pace: Pick<Pace, 'sweepPacketsPerSecond'> },
  ) {
    this.positions = positions
    this.send = send
    this.warmUp = warmUp
    this.sample = LossSample.of(positions.length, pace, MEASURED_QUIET_MS)
  }

  /** Whether who is silent may have been asked in vain. */
  needsRepetition(now: number): boolean {
    return !this.sample?.isMeaningful || this.sample.isLossy(now)
  }
}

/** @returns how many addresses there was no way to */
export async function* askAll(
  context: ProbeContext,
  questions: readonly Question[],
  targets: Targets,
  senders: readonly Sender[],
  inbox: Inbox,
): AsyncGenerator<ProbeResult, number> {
  const total = targets.addresses.length * questions.length * PASSES
  let withoutWay = 0
  let done = 0
  inbox.onFirst = (position) => senders[targets.lanes[position] ?? 0]?.sample?.offer(position)
  inbox.onAgain = (position) =>
    senders[targets.lanes[position] ?? 0]?.sample?.hear(position, performance.now())
  for (const [number, question] of questions.entries()) {
    let asking: readonly Sender[] = senders
    for (let pass = 0; pass < PASSES; pass++) {
      const isFirst = number === 0 && pass === 0
      const isLast = number === questions.length - 1 && pass === PASSES - 1
      const startedAt = performance.now()
      let without = 0
      for (const { positions, send, warmUp, sample } of asking)
        for (let offset = 0; offset < positions.length;) {
          context.signal.throwIfAborted()
          const warms = warmUp && isFirst && offset === 0
          const chunk = positions.subarray(offset, offset + (warms ? 1 : CHUNK))
          const silent = chunk.filter((position) => targets.answered[position] !== 1)
          const again = (isFirst && sample?.draw(AGAIN, performance.now())) || []
          if (isFirst) context.asked(chunk.map((position) => targets.addresses[position] ?? 0))
          if (silent.length + again.length > 0)
            without += await send(question, again.length > 0 ? Uint32Array.of(...silent, ...again) : silent)
          // A system that takes everything at once gives nobody else a turn: answers are read in this one.
          await (warms ? sleep(WARM_UP_MS, undefined, { signal: context.signal }) : setImmediate())
          offset += chunk.length
          done += chunk.length
          context.progress(done, total)
          for (const result of inbox.take()) yield result
        }
      if (isFirst) withoutWay = without
      if (inbox.answers === targets.addresses.length) return withoutWay
      const took = performance.now() - startedAt
      const quiet = isLast ? Math.min(Math.max(took / 2, QUIET_MS.min), QUIET_MS.max) : ROUND_TRIP_MS - took
      yield* settle(context, inbox, asking, quiet, isLast)
      if (pass > 0) break
      const now = performance.now()
      asking = asking.filter((sender) => sender.needsRepetition(now))
      done = (number + 1) * PASSES * targets.addresses.length
      for (const { positions } of asking) done -= positions.length
      if (asking.length === 0) break
    }
  }
  return withoutWay
}

/**
 * Listens until nothing has come for `quiet` milliseconds; where the loss was measured, as long as that has shown to be
 * needed, or until it is known that there is more to ask.
 */
async function* settle(
  context: ProbeContext,
  inbox: Inbox,
  senders: readonly Sender[],
  quiet: number,
  isLast: boolean,
): AsyncGenerator<ProbeResult> {
  const from = performance.now()
  const samples = senders.map(({ sample }) => sample)
  const measured = samples.filter((sample) => sample?.isMeaningful).filter((sample) => sample !== null)
  const isMeasured = measured.length === senders.length
  const patience = () => (isMeasured ? Math.max(...measured.map((sample) => sample.quiet)) : quiet)
  for (;;) {
    const now = performance.now()
    if (now - Math.max(from, inbox.lastAnswerAt) >= patience() || now - from >= SETTLE_MS) return
    if (isMeasured && !isLast && measured.every((sample) => sample.isLossy(now))) return
    await sleep(LOOK_MS, undefined, { signal: context.signal })
    for (const result of inbox.take()) yield result
  }
}
