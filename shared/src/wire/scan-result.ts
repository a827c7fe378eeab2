/** The words for how a scan ended and why something was not tried; apart from the schema, so that scans start without it. */

/**
 * - `complete` every address in scope was asked, and devices answered
 * - `empty` every address was asked over a link that is well, and nobody is there
 * - `unreached` nothing says that this segment was reached at all: no carrier, the wrong network, a silent gateway
 * - `incomplete` some addresses were not asked, or a probe failed: absence proves nothing
 */
export const SCAN_RESULTS = ['complete', 'incomplete', 'unreached', 'empty'] as const
export type ScanResult = (typeof SCAN_RESULTS)[number]

/**
 * Why addresses or devices got no packet, or fewer than they should:
 * `window`, `freeze`, `halted` (the collector's word) and `kill-switch` (a file on the agent) forbid scanning;
 * `forwarding` the agent's machine could connect networks; `backoff` a device fell silent, `latency` it grew slow, and
 * was left alone; `error` a probe failed; `cap` a limit was reached; `interrupted` the agent was ended; `policy` the
 * policy changed; `no-carrier` the cable is unplugged; `passive` nothing may be sent there, and the agent only listens.
 */
export const NOT_ATTEMPTED_REASONS = [
  'window',
  'freeze',
  'halted',
  'kill-switch',
  'forwarding',
  'backoff',
  'latency',
  'error',
  'cap',
  'interrupted',
  'policy',
  'no-carrier',
  'passive',
] as const
export type NotAttemptedReason = (typeof NOT_ATTEMPTED_REASONS)[number]
