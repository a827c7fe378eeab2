/** What a listening probe is handed: the payload of one packet, and what its headers say. */
import type { Mac } from '@ophav/shared'

export interface Packet {
  /** The frame's own source; null where there are only datagrams. */
  source: Mac | null
  /** The VLAN of the frame's tag, null for a frame without. */
  vlan: number | null
  /** Null for what is not carried by IP. */
  sourceAddress: string | null
  /** UDP; 0 for what has no ports. */
  sourcePort: number
  destinationPort: number
  /** ICMPv6: RFC 4861 demands 255, which proves that no router has passed it on. */
  hopLimit: number
  /** What follows the last header: valid only during the call. */
  payload: Buffer
}
