/** What a running scan says: the terminal's progress, the spool and the tests all listen to the same. */
import type { Coverage } from '@ophav/shared'
import type { ProbeResult } from '../probe/probe.ts'
import type { Checkpoint } from './checkpoint.ts'

export type ScanEvent =
  | { type: 'phase'; probe: string; title: string; attempts: number | null }
  | { type: 'progress'; probe: string; done: number; total: number; found: number }
  | { type: 'result'; probe: string; result: ProbeResult }
  /** The scan goes on when this has been kept. */
  | { type: 'checkpoint'; checkpoint: Checkpoint }
  /** A device is left alone for so long; null: for the rest of the scan. */
  | { type: 'resting'; address: string; reason: 'backoff' | 'latency'; milliseconds: number | null }
  | { type: 'end'; coverage: Coverage }
