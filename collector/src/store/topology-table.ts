/** The tables of what routers and switches know, as types. */
import type { Generated } from 'kysely'
import type { Fixed } from './table.ts'

/** A page of a table that a router or switch holds, as it was read last. */
export interface NetworkTableTable {
  segment: Fixed<string>
  probe: Fixed<string>
  /** The router or switch, as in its observation. */
  subject: Fixed<string>
  kind: Fixed<'port' | 'forwarding' | 'address' | 'link' | 'vlan'>
  page: Fixed<number>
  agent: string
  /** Why it was not read to its end; null where it was. */
  cut: string | null
  read_at: string
  /** The rows, as they came. */
  body: string
}

/** A MAC as the network knows it: at which port of which switch, where that is known. One for each reading segment. */
export interface SightingTable {
  segment: Fixed<string>
  mac: Fixed<string>
  device: number
  /** The switch, or the router that knows it without a port; null for one that has not become a device. */
  witness: number | null
  port: number | null
  port_name: string | null
  port_alias: string | null
  vlan: number | null
  vlan_name: string | null
  first_seen_at: Fixed<string>
  seen_at: string
}

/** A cable, by the word of the device at its one end about the other. */
export interface LinkTable {
  id: Generated<number>
  segment: Fixed<string>
  subject: Fixed<string>
  device: number | null
  /** The device at the other end, where it is a known one. */
  neighbour: number | null
  protocol: Fixed<'lldp' | 'cdp'>
  port: Fixed<number>
  port_name: Fixed<string | null>
  name: Fixed<string | null>
  mac: Fixed<string | null>
  address: Fixed<string | null>
  remote_port: Fixed<string | null>
  description: Fixed<string | null>
  /** JSON list */
  capabilities: Fixed<string>
  seen_at: Fixed<string>
}
