/** Why a scan is told to stop: stands in its coverage. */
import { NOT_ATTEMPTED_REASONS, OphavError, type NotAttemptedReason } from '@ophav/shared/value'

/** What a signal is fired with. */
export const stopFor = (reason: NotAttemptedReason): OphavError => new OphavError('scan.stopped', { reason })

/** A signal that was fired without a reason is somebody's Ctrl-C or the end of the service. */
export function stopReason({ reason }: AbortSignal): NotAttemptedReason {
  const given =
    reason instanceof OphavError && reason.code === 'scan.stopped' ? reason.detail['reason'] : null
  return NOT_ATTEMPTED_REASONS.find((known) => known === given) ?? 'interrupted'
}
