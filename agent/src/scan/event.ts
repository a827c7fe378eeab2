/** What a running scan says: the terminal's progress, the spool and the tests all listen to the same. */
import type { Coverage } from '@ophav/shared'
import type { ProbeResult } from '../probe/probe.ts'

export type ScanEvent =
  | { type: 'phase'; probe: string; title: string; attempts: number | null }
  | { type: 'progress'; probe: string; done: number; total: number; found: number }
  | { type: 'result'; probe: string; result: ProbeResult }
  | { type: 'end'; coverage: Coverage }
