/** What a scan is of: addresses and probes. Progress is good for the same alone; pace and windows may change. */
import { createHash } from 'node:crypto'
import type { PolicySegment } from '@ophav/shared'

export const scopeDigest = ({ ranges, exclusions, probes }: PolicySegment): string =>
  createHash('sha256')
    .update(JSON.stringify([ranges, exclusions, probes]))
    .digest('hex')
