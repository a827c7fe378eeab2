/** Tables: what a router or switch knows about others, as it was read from it. Facts like observations, page by page. */
import { Type, type Static } from 'typebox'
import { Address, Key, MacText, ProbeName, Timestamp } from './field.ts'
import { Subject } from './subject.ts'

/** Rows in one page: some hundred kilobytes at most, so that pages and observations share a batch. */
export const MAX_PAGE_ROWS = 1_000

/** Pages of one table: more rows than any reading keeps. */
export const MAX_PAGES = 64

/** IEEE 802.1Q: 0 and 4095 are reserved. */
const Vlan = Type.Integer({ minimum: 1, maximum: 4094 })

/** The interface number (RFC 2863 ifIndex). */
const Port = Type.Integer({ minimum: 0, maximum: 2_147_483_647 })

/** ifName, ifAlias, sysName and their like are DisplayStrings of at most 255 octets. */
const Name = Type.String({ maxLength: 255 })

const PortRow = Type.Object(
  {
    /** 0 is the bridge itself, with the address that it is known by (RFC 4188 dot1dBaseBridgeAddress). */
    port: Port,
    name: Type.Optional(Name),
    /** What people call it. */
    alias: Type.Optional(Name),
    mac: Type.Optional(MacText),
    up: Type.Optional(Type.Boolean()),
    /** The VLAN of what comes untagged. */
    vlan: Type.Optional(Vlan),
  },
  { additionalProperties: false },
)
export type PortRow = Static<typeof PortRow>

/** A bridge has learnt that this MAC is behind this port. */
const ForwardingRow = Type.Object(
  { mac: MacText, port: Port, vlan: Type.Optional(Vlan) },
  { additionalProperties: false },
)
export type ForwardingRow = Static<typeof ForwardingRow>

/** A router has learnt which MAC has this address, on this interface. */
const AddressRow = Type.Object(
  { address: Address, mac: MacText, port: Port },
  { additionalProperties: false },
)
export type AddressRow = Static<typeof AddressRow>

/** What the other end of a cable is able to do, of LLDP's and CDP's words for it. */
export const CAPABILITIES = ['bridge', 'router', 'access-point', 'phone', 'station'] as const

/** Who says over LLDP or CDP that it is at the other end of a port's cable. */
const LinkRow = Type.Object(
  {
    protocol: Type.Enum(['lldp', 'cdp']),
    port: Port,
    mac: Type.Optional(MacText),
    address: Type.Optional(Address),
    name: Type.Optional(Name),
    /** The other end's word for its own port. */
    remotePort: Type.Optional(Name),
    description: Type.Optional(Type.String({ maxLength: 512 })),
    capabilities: Type.Array(Type.Enum([...CAPABILITIES]), { maxItems: CAPABILITIES.length }),
  },
  { additionalProperties: false },
)
export type LinkRow = Static<typeof LinkRow>

const VlanRow = Type.Object({ vlan: Vlan, name: Name }, { additionalProperties: false })
export type VlanRow = Static<typeof VlanRow>

/**
 * Why a table was not read to its end.
 * - `rows`, `time`, `packets` the reader's own limits
 * - `order` what came does not come after what came before: the device answers in circles
 * - `silence` it stopped answering, or answered with an error
 */
export const CUTS = ['rows', 'time', 'packets', 'order', 'silence'] as const
export type Cut = (typeof CUTS)[number]

const table = <Name extends string, Row extends Parameters<typeof Type.Array>[0]>(name: Name, row: Row) => ({
  table: Type.Literal(name),
  rows: Type.Array(row, { maxItems: MAX_PAGE_ROWS }),
})

const page = {
  type: Type.Literal('table'),
  segment: Key,
  probe: ProbeName,
  /** The router or switch that holds the table. */
  subject: Subject,
  observedAt: Timestamp,
  /** From 0 on. A page replaces the one of the same number, and those from `pages` on are no more. */
  page: Type.Integer({ minimum: 0, maximum: MAX_PAGES - 1 }),
  pages: Type.Integer({ minimum: 1, maximum: MAX_PAGES }),
  /** Absent where the table was read to its end. */
  cut: Type.Optional(Type.Enum([...CUTS])),
}
const closed = { additionalProperties: false }

/**
 * One page of a table. All pages of a reading come before the observation, or the "still there", of the same probe
 * and subject, which ends the reading; what has not changed is not told again.
 */
export const TablePage = Type.Union(
  [
    Type.Object({ ...page, ...table('port', PortRow) }, closed),
    Type.Object({ ...page, ...table('forwarding', ForwardingRow) }, closed),
    Type.Object({ ...page, ...table('address', AddressRow) }, closed),
    Type.Object({ ...page, ...table('link', LinkRow) }, closed),
    Type.Object({ ...page, ...table('vlan', VlanRow) }, closed),
  ],
  { $id: 'TablePage' },
)
export type TablePage = Static<typeof TablePage>

/** One table as a probe has read it, whole or cut. */
export type NetworkTable =
  | { table: 'port'; rows: PortRow[]; cut?: Cut }
  | { table: 'forwarding'; rows: ForwardingRow[]; cut?: Cut }
  | { table: 'address'; rows: AddressRow[]; cut?: Cut }
  | { table: 'link'; rows: LinkRow[]; cut?: Cut }
  | { table: 'vlan'; rows: VlanRow[]; cut?: Cut }
