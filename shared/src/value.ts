/**
 * @ophav/shared/value: addresses, errors and texts without the schemas. Programs that scan start with these alone, in a
 * few milliseconds; the types of everything are here as well, since they cost nothing.
 */
export { formatIpv4, parseIpv4 } from './address/ipv4.ts'
export { formatIpv6, IPV6_OCTETS, isLinkLocalIpv6, parseIpv6 } from './address/ipv6.ts'
export {
  formatMac,
  isIdentifyingMac,
  isLocallyAdministeredMac,
  isMulticastMac,
  isPlaceholderMac,
  isVirtualRouterMac,
  parseMac,
} from './address/mac.ts'
export { AddressSet, parseRange } from './address/ranges.ts'
export { listedButNotSeen, MAX_LISTED_UNSEEN } from './coverage/listed.ts'
export { ERROR_CODES } from './error/codes.ts'
export { errorCode, OphavError } from './error/error.ts'
export { MAX_EVIDENCE_LENGTH } from './evidence/limit.ts'
export { printable } from './text/printable.ts'
export { findMembers } from './topology/member.ts'
export { placeMacs } from './topology/place.ts'
export { DEFAULT_LATENCY } from './wire/latency-default.ts'
export { NOT_ATTEMPTED_REASONS } from './wire/scan-result.ts'
export type * from './index.ts'
