/** What a whole scan proves: silence is called empty only where the way to the segment is known to be open. */
import type { ScanResult } from '@ophav/shared'
import type { LinkCheck } from './link-check.ts'

export interface ScanFacts {
  /** Addresses other than this machine's own that answered or refused. */
  heardOthers: number
  /** Every address in scope got a packet. */
  isAllAttempted: boolean
  /** A probe failed, or a device was left alone. */
  isLacking: boolean
  /** Something ended the scan before its time. */
  isStopped: boolean
  link: LinkCheck
}

/** @returns the result and what it rests on */
export function concludeResult(facts: ScanFacts): { result: ScanResult; because?: string } {
  const { link, heardOthers, isStopped } = facts
  if (link.unplugged.length > 0)
    return {
      // Before the link was lost somebody was there.
      result: heardOthers > 0 ? 'incomplete' : 'unreached',
      because: `no carrier on ${link.unplugged.join(', ')}`,
    }
  if (heardOthers === 0 && !isStopped) {
    if (!link.isOnLink)
      return {
        result: 'unreached',
        because: 'everybody is silent, and this machine has no address in the segment',
      }
    if (link.gateways.length > 0)
      return {
        result: 'unreached',
        because: `everybody is silent, the gateway ${link.gateways.join(', ')} too`,
      }
  }
  if (isStopped || facts.isLacking || !facts.isAllAttempted) return { result: 'incomplete' }
  if (heardOthers > 0) return { result: 'complete' }
  return {
    result: 'empty',
    because: 'the link is alive, this machine has an address in the segment, and nobody answered',
  }
}
