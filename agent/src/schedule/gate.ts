/** What forbids scanning a segment at this moment, and a watch that stops a running scan within a second of it. */
import type { NotAttemptedReason, PolicySegment } from '@ophav/shared'
import { isFrozen, isInWindow } from '../scan/window.ts'

/** The kill switch is looked at this often, and so are windows: a clock that is set anew is noticed as well. */
export const GATE_MS = 250

export type Obstacle = Extract<
  NotAttemptedReason,
  'kill-switch' | 'halted' | 'forwarding' | 'freeze' | 'window'
>

export interface Gate {
  now: () => number
  /** Whether the kill switch is set on this machine. */
  isHalted: () => boolean
  /** Whether this machine could connect networks. */
  forwards: () => boolean
}

/** @returns the gravest obstacle, or null where the segment may be scanned */
export function obstacleTo({ safety = {} }: PolicySegment, gate: Gate): Obstacle | null {
  if (gate.isHalted()) return 'kill-switch'
  if (safety.halted === true) return 'halted'
  if (gate.forwards()) return 'forwarding'
  if (isFrozen(safety, gate.now())) return 'freeze'
  return isInWindow(safety, gate.now()) ? null : 'window'
}

/** Calls back once, when an obstacle appears. @returns what ends the watch */
export function watchGate(
  segment: PolicySegment,
  gate: Gate,
  onObstacle: (obstacle: Obstacle) => void,
): () => void {
  const timer = setInterval(() => {
    const obstacle = obstacleTo(segment, gate)
    if (obstacle === null) return
    clearInterval(timer)
    onObstacle(obstacle)
  }, GATE_MS)
  return () => clearInterval(timer)
}
