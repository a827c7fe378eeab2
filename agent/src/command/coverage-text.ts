/** A coverage in words: what was tried, what came of it, and what the scan proves. */
import { printable, type Coverage, type NotAttemptedReason, type ScanResult } from '@ophav/shared/value'

const RESULT: Readonly<Record<ScanResult, string>> = {
  complete: 'The scan is complete.',
  empty: 'The segment is empty',
  unreached: 'THE SEGMENT WAS NOT REACHED: what is not shown may well be there',
  incomplete: 'THE SCAN IS NOT COMPLETE: what is not shown may well be there',
}

const REASON: Readonly<Record<NotAttemptedReason, string>> = {
  window: 'the scan window closed',
  freeze: 'a change freeze is on',
  halted: 'the segment is halted on the collector',
  'kill-switch': 'the kill switch is set on this machine',
  forwarding: 'this machine could connect networks',
  backoff: 'left alone because they fell silent',
  latency: 'left alone because they grew slow',
  error: 'a probe failed',
  cap: 'a limit was reached',
  interrupted: 'the scan was stopped',
  policy: 'the policy changed',
  'no-carrier': 'no carrier on the link',
  passive: 'the segment is passive, nothing may be sent there',
}

/** Addresses that a line has room for. */
const SHOWN = 8

export function describeCoverage(coverage: Coverage): string[] {
  const {
    attempted,
    answered,
    refused = 0,
    silent,
    notAttempted = [],
    because,
    resumed,
    listedUnseen,
  } = coverage
  const result = coverage.result ?? (coverage.complete ? 'complete' : 'incomplete')
  const proof =
    result === 'complete'
      ? RESULT.complete
      : `${RESULT[result]}${because ? ` (${printable(because, 500)})` : ''}.`
  return [
    ...(silent === undefined
      ? []
      : [`${attempted} tried: ${answered} answered, ${refused} refused, ${silent} silent.`]),
    ...notAttempted.map(({ reason, addresses, devices }) => {
      const what = [
        addresses > 0 ? `${addresses} addresses` : '',
        devices > 0 ? `${devices} ${devices === 1 ? 'device' : 'devices'} in part` : '',
      ].filter(Boolean)
      return what.length > 0
        ? `not tried: ${what.join(', ')} (${REASON[reason]}).`
        : `ended early: ${REASON[reason]}.`
    }),
    ...(listedUnseen
      ? [
          `Routers list ${listedUnseen.count} here that said nothing: ${listedUnseen.addresses.slice(0, SHOWN).join(', ')}${listedUnseen.count > SHOWN ? ', …' : ''}.`,
        ]
      : []),
    ...(resumed
      ? [`Taken up again ${resumed} ${resumed === 1 ? 'time' : 'times'} after an interruption.`]
      : []),
    proof,
  ]
}
