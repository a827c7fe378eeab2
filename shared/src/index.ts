/** @ophav/shared: the contract between agent and collector, and the values both reckon with. */
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
  type Mac,
} from './address/mac.ts'
export { AddressSet, parseRange, type Range } from './address/ranges.ts'
export { listedButNotSeen, MAX_LISTED_UNSEEN, type Listed } from './coverage/listed.ts'
export { ERROR_CODES, type ErrorCode } from './error/codes.ts'
export { errorCode, OphavError, type ErrorDetail } from './error/error.ts'
export { Evidence } from './evidence/evidence.ts'
export { MAX_EVIDENCE_LENGTH } from './evidence/limit.ts'
export type { RuleProblem } from './override/problem.ts'
export { printable } from './text/printable.ts'
export { Envelope, openEnvelope, peekEnvelope, sealEnvelope } from './trust/envelope.ts'
export {
  createKeyPair,
  fingerprint,
  PublicKeyText,
  readPrivateKey,
  readPublicKey,
  writePrivateKey,
  writePublicKey,
  type KeyPair,
} from './trust/key.ts'
export { createSealIdentity, openSecret, recipientOf, sealSecret } from './trust/seal.ts'
export { createSecretFile, readSecretFile } from './trust/secret-file.ts'
export { Batch, BATCH_TYPE, BatchReceipt, MAX_BATCH_BYTES, MAX_ENTRIES } from './wire/batch.ts'
export { fits, parseAs } from './wire/check.ts'
export { EnrolmentReceipt, EnrolmentRequest, ErrorReply } from './wire/enrolment.ts'
export { Address, AgentId, Key, MacText, ProbeName, Timestamp } from './wire/field.ts'
export { Activity } from './wire/activity.ts'
export { Coverage } from './wire/coverage.ts'
export { Entry, MAX_EVIDENCE, Observation, Presence } from './wire/observation.ts'
export { Outcome, OUTCOMES } from './wire/outcome.ts'
export {
  FingerprintRule,
  MakerRule,
  Override,
  OVERRIDE_FORMAT,
  OwnershipRule,
  PrefixRule,
  SilenceRule,
} from './wire/override.ts'
export {
  CredentialSet,
  FULL_PACE,
  Pace,
  Policy,
  POLICY_REQUEST_TYPE,
  POLICY_TYPE,
  PolicyRequest,
  PolicySegment,
  POLITE_PACE,
  SnmpCredential,
} from './wire/policy.ts'
export { Subject } from './wire/subject.ts'
export {
  CAPABILITIES,
  CUTS,
  MAX_PAGE_ROWS,
  MAX_PAGES,
  TablePage,
  type AddressRow,
  type Cut,
  type ForwardingRow,
  type LinkRow,
  type NetworkTable,
  type PortRow,
  type VlanRow,
} from './wire/table.ts'
export { findMembers, type Member } from './topology/member.ts'
export { placeMacs, type Place } from './topology/place.ts'
export { rowsOf, type View } from './topology/view.ts'
export { DEFAULT_LATENCY } from './wire/latency-default.ts'
export {
  NOT_ATTEMPTED_REASONS,
  SCAN_RESULTS,
  type NotAttemptedReason,
  type ScanResult,
} from './wire/scan-result.ts'
export { Freeze, LatencyLimit, ScanWindow, SegmentSafety } from './wire/safety.ts'
