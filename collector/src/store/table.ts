/** The collector's tables as types. Times are RFC 3339 UTC text, truth values 0 or 1, documents JSON text. */
import type { ColumnType, Generated } from 'kysely'
import type { LinkTable, NetworkTableTable, SightingTable } from './topology-table.ts'

export type Truth = 0 | 1
/** Written once, never updated. */
export type Fixed<T> = ColumnType<T, T, never>

/** The organisation's own words: its names, and the year of its prices. */
export interface SettingTable {
  key: 'organisation.name' | 'organisation.short' | 'organisation.timeZone' | 'price.year'
  value: string
}

export interface AdministrationTable {
  key: Fixed<string>
  name_da: string
  name_en: string
  position: number
}

/** A row of Tabel 1 and Tabel 2. `unit_price` is in thousand DKK. */
export interface HardwareTypeTable {
  key: Fixed<string>
  label_da: string
  label_en: string
  cost_label_da: string
  cost_label_en: string
  /** The noun of a footnote: "Estimeret 200-300 kameraer". */
  plural_da: string
  plural_en: string
  unit_price: number | null
  position: number
}

/** Which class, in which context, falls in which row: the first that fits, by position. Null fits all. */
export interface ClassificationTable {
  id: Generated<number>
  position: number
  class: string
  purpose: string | null
  administration: string | null
  /** Null keeps the class out of the table. */
  hardware_type: string | null
}

export interface SegmentTable {
  key: Fixed<string>
  name: string
  /** What the segment is for: camera, traffic, office, education, server, ... */
  purpose: string
  administration: string | null
  closed: Truth
  critical: Truth
  status: 'proposed' | 'approved' | 'retired'
  interval_seconds: number
  /** `Pace` */
  pace: string
  /** Probe names */
  probes: string
  /** `SegmentSafety` */
  safety: Generated<string>
  /** Whether agents may send there, or only listen. */
  mode: Generated<'active' | 'passive'>
  created_at: Fixed<string>
  approved_at: string | null
  approved_by: string | null
}

/** `allocation`: a part of the segment's range that belongs to another administration than the segment. */
export interface SegmentRangeTable {
  id: Generated<number>
  segment: string
  kind: 'scope' | 'exclusion' | 'allocation'
  range: string
  administration: string | null
}

export interface AgentTable {
  id: Fixed<string>
  name: string
  public_key: string
  recipient: string
  status: 'pending' | 'approved' | 'revoked'
  version: string
  platform: string
  enrolled_at: Fixed<string>
  approved_at: string | null
  approved_by: string | null
  last_seen_at: string | null
  last_sequence: number
  policy_revision: number
  /** `Activity`, as the agent last told it. */
  activity: Generated<string | null>
}

export interface AgentSegmentTable {
  agent: string
  segment: string
}

export interface EnrolmentTokenTable {
  /** SHA-256 of the token in hex: the token itself is never stored. */
  hash: Fixed<string>
  segments: string
  approve: Truth
  created_at: Fixed<string>
  expires_at: string
  used_at: string | null
  agent: string | null
}

export interface PolicyTable {
  agent: string
  revision: number
  /** SHA-256 of the content without revision and date: a policy is signed anew only when it says something new. */
  content_hash: string
  issued_at: string
  /** The signed envelope as it goes to the agent. */
  envelope: string
}

/** SNMP credentials, sealed to the collector's own age identity. */
export interface CredentialTable {
  id: Generated<number>
  segment: string
  position: number
  sealed: string
  created_at: Fixed<string>
}

export interface BatchTable {
  agent: Fixed<string>
  sequence: Fixed<number>
  sha256: Fixed<string>
  received_at: Fixed<string>
  entries: Fixed<number>
}

export interface ObservationTable {
  id: Generated<number>
  agent: Fixed<string>
  segment: Fixed<string>
  probe: Fixed<string>
  /** MAC, else address: whom this is about, within segment and probe. */
  subject: Fixed<string>
  address: Fixed<string | null>
  mac: Fixed<string | null>
  outcome: Fixed<string>
  observed_at: Fixed<string>
  received_at: Fixed<string>
  evidence: Fixed<string>
  /** 1 for the newest of (segment, probe, subject). */
  current: Truth
  device: number | null
}

export interface CoverageTable {
  id: Generated<number>
  agent: Fixed<string>
  segment: Fixed<string>
  scan: Fixed<string>
  started_at: Fixed<string>
  ended_at: Fixed<string>
  complete: Fixed<Truth>
  /** Null for an agent that does not tell. */
  result: Generated<string | null>
  body: Fixed<string>
}

/** A device, with the conclusions that lists and counts ask for. */
export interface DeviceTable {
  id: Generated<number>
  /** Where it was seen last; null for a device that only a register knows. */
  segment: string | null
  administration: string | null
  purpose: string | null
  discovered: Truth
  registered: Truth
  /** Whether it is in a critical installation, and so in Tabel 1. */
  critical: Truth
  first_seen_at: Fixed<string>
  name: string | null
  maker: string | null
  brand: string | null
  model: string | null
  serial: string | null
  class: string | null
  hardware_type: string | null
  chinese: 'yes' | 'no' | 'contested' | 'unknown'
  country: string | null
  confidence: number
  /** The device into which this one was merged. */
  merged_into: number | null
}

/** The whole conclusion with its reasons. */
export interface IdentityTable {
  device: number
  body: string
  identified_at: string
}

export interface DeviceIdentifierTable {
  kind: 'serial' | 'engine-id' | 'uuid' | 'host-key' | 'mac' | 'asset'
  value: string
  device: number
  first_seen_at: string
}

export interface DeviceAddressTable {
  segment: string
  address: string
  device: number
  mac: string | null
  first_seen_at: string
}

/** Narrow, because every "still there" writes it. */
export interface PresenceTable {
  device: number
  segment: string
  last_seen_at: string
}

export interface MergeTable {
  id: Generated<number>
  kept: number
  merged: number
  reason: string
  at: string
  undone_at: string | null
}

export interface RegisterTable {
  key: Fixed<string>
  name: string
  created_at: Fixed<string>
}

export interface RegisterImportTable {
  id: Generated<number>
  register: Fixed<string>
  file_name: Fixed<string>
  sha256: Fixed<string>
  imported_by: Fixed<string>
  imported_at: Fixed<string>
  rows: number
  rejected: number
}

export interface RegisterEntryTable {
  id: Generated<number>
  register: string
  import: number
  /** The asset's own key in the register: asset tag, else serial. */
  asset: string
  administration: string | null
  maker: string | null
  model: string | null
  serial: string | null
  mac: string | null
  class: string | null
  name: string | null
  purpose: string | null
  critical: Truth
  device: number | null
}

/** A figure or range that an administration states. `low` equals `high` for a figure. */
export interface DeclarationTable {
  id: Generated<number>
  hardware_type: Fixed<string>
  administration: Fixed<string>
  low: Fixed<number>
  high: Fixed<number>
  stated_by: Fixed<string>
  /** Date (RFC 3339 full-date). */
  stated_on: Fixed<string>
  note: Fixed<string>
  recorded_at: Fixed<string>
  withdrawn_at: string | null
}

/** Which source a figure of Tabel 1 takes where the default rule shall not hold. */
export interface CountRuleTable {
  id: Generated<number>
  hardware_type: string | null
  administration: string | null
  source: 'declared-first' | 'inventory' | 'discovered' | 'registered' | 'declared'
  note: string
}

/** A version of the organisation's own rules. In force is the newest that is not withdrawn. */
export interface OverrideTable {
  id: Generated<number>
  imported_at: Fixed<string>
  imported_by: Fixed<string>
  file_name: Fixed<string>
  /** Of the body in hex. */
  sha256: Fixed<string>
  /** `Override` */
  body: Fixed<string>
  /** How many shipped examples it reads in another way, as was accepted. */
  accepted: Fixed<number>
  /** When all past observations had been identified with it; null until then. */
  applied_at: string | null
  withdrawn_at: string | null
  withdrawn_by: string | null
}

export interface AuditTable {
  id: Generated<number>
  at: Fixed<string>
  actor: Fixed<string>
  action: Fixed<string>
  subject: Fixed<string>
  detail: Fixed<string>
}

export interface Tables {
  setting: SettingTable
  administration: AdministrationTable
  hardware_type: HardwareTypeTable
  classification: ClassificationTable
  segment: SegmentTable
  segment_range: SegmentRangeTable
  agent: AgentTable
  agent_segment: AgentSegmentTable
  enrolment_token: EnrolmentTokenTable
  policy: PolicyTable
  credential: CredentialTable
  batch: BatchTable
  observation: ObservationTable
  coverage: CoverageTable
  device: DeviceTable
  identity: IdentityTable
  device_identifier: DeviceIdentifierTable
  device_address: DeviceAddressTable
  presence: PresenceTable
  network_table: NetworkTableTable
  sighting: SightingTable
  link: LinkTable
  merge: MergeTable
  register: RegisterTable
  register_import: RegisterImportTable
  register_entry: RegisterEntryTable
  declaration: DeclarationTable
  count_rule: CountRuleTable
  override: OverrideTable
  audit: AuditTable
}
