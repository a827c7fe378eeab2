/** Which segment is to be scanned next, and when. */
import type { PolicySegment } from '@ophav/shared'

/** Scans of many agents that were started together drift apart by up to this part of their interval. */
const JITTER_PART = 0.1
const MAX_JITTER_MS = 60_000

export interface Due {
  segment: PolicySegment
  /** Milliseconds since the epoch. */
  at: number
}

/**
 * @param startedAt when the segment's last scan began, in milliseconds; undefined for never
 * @param lot a number in [0, 1) drawn once for this scan
 */
export function dueAt(segment: PolicySegment, startedAt: number | undefined, lot: number): number {
  if (startedAt === undefined) return 0
  const interval = segment.intervalSeconds * 1000
  return startedAt + interval + lot * Math.min(interval * JITTER_PART, MAX_JITTER_MS)
}

/**
 * @returns the segment that is due first, or null where there is none. A start that lies in the future can only be
 *   the mark of a clock that was set back: it counts as never.
 */
export function nextDue(
  segments: readonly PolicySegment[],
  startedAt: Readonly<Record<string, number>>,
  lots: ReadonlyMap<string, number>,
  now: number,
): Due | null {
  let first: Due | null = null
  for (const segment of segments) {
    const started = startedAt[segment.key]
    const known = started !== undefined && started <= now ? started : undefined
    const at = dueAt(segment, known, lots.get(segment.key) ?? 0)
    if (first === null || at < first.at) first = { segment, at }
  }
  return first
}
