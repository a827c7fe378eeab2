/** Memory for many frames in one system call: an array of `struct mmsghdr` (recvmmsg(2)) over slots of one buffer. */
import type { SystemCalls } from './system-call.ts'

/** On 64-bit Linux: `struct msghdr` of 56 octets, the length of the message, padding. */
export const HEADER_OCTETS = 64
const IOV_OFFSET = 16
const IOV_COUNT_OFFSET = 24
const MESSAGE_LENGTH_OFFSET = 56
/** `struct iovec`: address and length. */
const IOV_OCTETS = 16

export class MessageBatch {
  readonly headers: Buffer
  readonly slots: Buffer
  readonly #vectors: Buffer
  readonly #slotAddress: bigint
  #stride = 0
  /** Views of what was received last: messages of one protocol have one length, so that most are made once. */
  readonly #views: Buffer[] = []

  constructor(calls: SystemCalls, capacity: number, slotOctets: number) {
    // Not from Node's pool: the kernel keeps no pointer between calls, but the structures point to each other.
    this.headers = Buffer.alloc(capacity * HEADER_OCTETS)
    this.slots = Buffer.alloc(capacity * slotOctets)
    this.#vectors = Buffer.alloc(capacity * IOV_OCTETS)
    this.#slotAddress = calls.addressOf(this.slots)
    const vectors = calls.addressOf(this.#vectors)
    for (let index = 0; index < capacity; index++) {
      this.headers.writeBigUInt64LE(vectors + BigInt(index * IOV_OCTETS), index * HEADER_OCTETS + IOV_OFFSET)
      this.headers.writeBigUInt64LE(1n, index * HEADER_OCTETS + IOV_COUNT_OFFSET)
    }
    this.layOut(capacity, slotOctets)
  }

  /** Lets each message be one of `count` slots of `length` octets that lie one after the other. */
  layOut(count: number, length: number): void {
    if (this.#stride === length) return
    for (let index = 0; index < count; index++) {
      this.#vectors.writeBigUInt64LE(this.#slotAddress + BigInt(index * length), index * IOV_OCTETS)
      this.#vectors.writeBigUInt64LE(BigInt(length), index * IOV_OCTETS + 8)
    }
    this.#stride = length
    this.#views.length = 0
  }

  /** Lets the message in a slot have its own length; the slots stay where they are. */
  setLength(index: number, length: number): void {
    this.#vectors.writeBigUInt64LE(BigInt(length), index * IOV_OCTETS + 8)
  }

  /** The structures of the messages from this one on. */
  from(index: number): Buffer {
    return this.headers.subarray(index * HEADER_OCTETS)
  }

  /** The octets that were received into a slot. */
  message(index: number): Buffer {
    const received = this.headers.readUInt32LE(index * HEADER_OCTETS + MESSAGE_LENGTH_OFFSET)
    const length = Math.min(received, this.#stride)
    const known = this.#views[index]
    if (known?.length === length) return known
    const start = index * this.#stride
    return (this.#views[index] = this.slots.subarray(start, start + length))
  }
}
