/** @ophav/agent: what stands on a segment. Programs use the command `ophav-agent`; this is for tests that span packages. */
export { enrolAgent, type Enrolled, type EnrolOrder } from './enrol/enrol.ts'
export { runAgent, type AgentEvent, type AgentOptions } from './schedule/run-agent.ts'
export type { ScanSegment } from './schedule/schedule.ts'
export { readSpoolSummary, type SpoolSummary } from './spool/summary.ts'
export { openStateDirectory, type StatePaths } from './state/directory.ts'
export { MessageBatch } from './net/frame/message-batch.ts'
export { systemCalls, type SystemCalls } from './net/frame/system-call.ts'
