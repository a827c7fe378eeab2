/** @ophav/agent/engine: the scan engine alone, for programs that need no collector. */
export { kernelNetwork } from './net/kernel-network.ts'
export { PROBES } from './probe/registry.ts'
export type { ScanEvent } from './scan/event.ts'
export { scanSegment } from './scan/run.ts'
