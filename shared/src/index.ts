/** @ophav/shared: the contract between agent and collector, and the values both reckon with. */
export { formatIpv4, parseIpv4 } from './address/ipv4.ts'
export {
  formatMac,
  isIdentifyingMac,
  isLocallyAdministeredMac,
  isMulticastMac,
  isPlaceholderMac,
  isVirtualRouterMac,
  parseMac,
  type Mac,
} from './address/mac.ts'
export { AddressSet, parseRange, type Range } from './address/ranges.ts'
export { ERROR_CODES, type ErrorCode } from './error/codes.ts'
export { errorCode, OphavError, type ErrorDetail } from './error/error.ts'
export { Evidence, MAX_EVIDENCE_LENGTH } from './evidence/evidence.ts'
