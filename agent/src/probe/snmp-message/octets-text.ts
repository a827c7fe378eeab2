/** Octet strings as evidence: raw text, as far as octets are text. */
import { isUtf8 } from 'node:buffer'
import { MAX_EVIDENCE_LENGTH } from '@ophav/shared/value'

/**
 * DisplayString is ASCII (RFC 2579) and SnmpAdminString UTF-8 (RFC 3411); old devices write Latin-1 into both.
 * The NULs with which C programs pad are taken off the ends; all else stays as the device said it.
 * @returns at most MAX_EVIDENCE_LENGTH characters
 */
export function octetsToText(octets: Buffer): string {
  let start = 0
  let end = octets.length
  while (start < end && octets[start] === 0) start++
  while (end > start && octets[end - 1] === 0) end--
  const bare = octets.subarray(start, end)
  return cutText(bare.toString(isUtf8(bare) ? 'utf8' : 'latin1'))
}

/** Cuts to MAX_EVIDENCE_LENGTH without leaving half a character. */
export function cutText(text: string): string {
  if (text.length <= MAX_EVIDENCE_LENGTH) return text
  return text.slice(0, MAX_EVIDENCE_LENGTH).replace(/[\ud800-\udbff]$/, '')
}
