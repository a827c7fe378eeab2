/** Who made it and where the maker is from: pure functions over data that the package carries. */
export { explain, type Explanation } from './explain/explain.ts'
export { CALIBRATION, UNCALIBRATED, type Calibration } from './fuse/calibration.ts'
export { dataDates, type DataDate } from './identify/data-date.ts'
export { identify, type IdentifyOptions } from './identify/identify.ts'
export {
  describeReason,
  reasonText,
  type Alternative,
  type Identity,
  type Reason,
} from './identify/identity.ts'
export { identifyJsonLine } from './identify/json-line.ts'
export { Knowledge, shippedKnowledge } from './knowledge/knowledge.ts'
export { CATALOGUE } from './maker/catalogue.ts'
export type { MakerEntry, Ownership } from './maker/entry.ts'
export { originOf, ownershipOn, type Origin } from './origin/origin.ts'
export { applyOverride, shippedBase } from './override/apply.ts'
export { checkOverride, type CheckedOverride } from './override/check.ts'
export type { OwnRules } from './override/own-rules.ts'
export { describeShippedChange, type ShippedChange } from './override/shipped-change.ts'
