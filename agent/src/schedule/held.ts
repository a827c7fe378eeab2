/** The coverage of a scan that was due and not allowed: nothing was asked, and why. */
import { randomUUID } from 'node:crypto'
import { AddressSet, type Coverage, type NotAttemptedReason, type PolicySegment } from '@ophav/shared'

export function heldCoverage(
  { key, ranges, exclusions }: PolicySegment,
  reason: NotAttemptedReason,
  policyRevision: number,
  now: number,
): Coverage {
  const all = AddressSet.parse(ranges)
  const inScope = all.without(AddressSet.parse(exclusions)).size
  const at = new Date(now).toISOString()
  return {
    type: 'coverage',
    segment: key,
    scan: randomUUID(),
    startedAt: at,
    endedAt: at,
    complete: false,
    result: 'incomplete',
    inScope,
    excluded: all.size - inScope,
    attempted: 0,
    answered: 0,
    refused: 0,
    silent: 0,
    notAttempted: [{ reason, addresses: inScope, devices: 0 }],
    policyRevision,
    packetsSent: 0,
    probes: [],
  }
}
