/** What an error of a session means for the device. */
import type { Outcome } from '@ophav/shared'
import snmp from 'net-snmp'
import { NoWayError, PacketLimitError, RefusedError, UnreadableError } from './conversation-socket.ts'

/** RFC 3416 3: the device is there and will not tell. */
const DENIALS: ReadonlySet<number> = new Set([snmp.ErrorStatus.AuthorizationError, snmp.ErrorStatus.NoAccess])

/** Neither the user, nor the key, nor the privacy was to its liking: usmStats of RFC 3414 5. */
const REJECTIONS: ReadonlySet<number> = new Set([
  snmp.ResponseInvalidCode.EAuthFailure,
  snmp.ResponseInvalidCode.ECouldNotDecrypt,
])

/** @returns null for an error that is none of the device's: a stopped scan, the guard, a defect */
export function outcomeOf(error: unknown): Outcome | null {
  if (error instanceof Error && error.name === 'RequestTimedOutError') return 'timed-out'
  if (error instanceof RefusedError) return 'refused'
  if (error instanceof NoWayError) return 'unreachable'
  if (error instanceof PacketLimitError) return 'timed-out'
  if (error instanceof snmp.RequestFailedError) return DENIALS.has(error.status) ? 'refused' : 'answered'
  if (error instanceof snmp.ResponseInvalidError) return REJECTIONS.has(error.code) ? 'refused' : 'malformed'
  return error instanceof UnreadableError ? 'malformed' : null
}

/** RFC 3416 4.2.1, RFC 1157 4.1.2: one object of many can spoil the answer for all. */
export function isSpoiled(error: unknown): boolean {
  return error instanceof snmp.RequestFailedError && !DENIALS.has(error.status)
}
