/** What the kernel says beside each frame (PACKET_AUXDATA of packet(7)): above all the VLAN tag that it took off. */
import { HEADER_OCTETS, type MessageBatch } from './message-batch.ts'
import { PACKET_AUXDATA, SOL_PACKET, type SystemCalls } from './system-call.ts'

/** On 64-bit Linux: `struct msghdr`. */
const CONTROL_OFFSET = 32
const CONTROL_LENGTH_OFFSET = 40
/** `struct cmsghdr` (length, level, type), `struct tpacket_auxdata` behind it, padded to eight octets. */
const LEVEL_OFFSET = 8
const TYPE_OFFSET = 12
const DATA_OFFSET = 16
const DATA_OCTETS = 20
const CONTROL_OCTETS = 40
/** In `tpacket_auxdata`. */
const TAG_OFFSET = 16
/** TP_STATUS_VLAN_VALID of if_packet.h. */
const HAS_TAG = 1 << 4

/** IEEE 802.1Q 9.6: twelve bits of the tag are the VLAN. */
export const VLAN_MASK = 0x0fff

export class AuxiliaryData {
  readonly #headers: Buffer
  readonly #control: Buffer
  readonly #capacity: number

  constructor(calls: SystemCalls, batch: MessageBatch, capacity: number) {
    this.#headers = batch.headers
    this.#control = Buffer.alloc(capacity * CONTROL_OCTETS)
    this.#capacity = capacity
    const address = calls.addressOf(this.#control)
    for (let index = 0; index < capacity; index++)
      this.#headers.writeBigUInt64LE(
        address + BigInt(index * CONTROL_OCTETS),
        index * HEADER_OCTETS + CONTROL_OFFSET,
      )
  }

  /** Before each call: the kernel writes over the room that it was given. */
  makeRoom(): void {
    for (let index = 0; index < this.#capacity; index++)
      this.#headers.writeBigUInt64LE(BigInt(CONTROL_OCTETS), index * HEADER_OCTETS + CONTROL_LENGTH_OFFSET)
  }

  /** @returns the VLAN of a received frame, or null where it had no tag; 0 is a tag with a priority alone */
  vlan(index: number): number | null {
    const given = Number(this.#headers.readBigUInt64LE(index * HEADER_OCTETS + CONTROL_LENGTH_OFFSET))
    const start = index * CONTROL_OCTETS
    if (
      given < DATA_OFFSET + DATA_OCTETS ||
      this.#control.readInt32LE(start + LEVEL_OFFSET) !== SOL_PACKET ||
      this.#control.readInt32LE(start + TYPE_OFFSET) !== PACKET_AUXDATA
    )
      return null
    const data = start + DATA_OFFSET
    if ((this.#control.readUInt32LE(data) & HAS_TAG) === 0) return null
    return this.#control.readUInt16LE(data + TAG_OFFSET) & VLAN_MASK
  }
}
