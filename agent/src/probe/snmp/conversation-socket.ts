/** A conversation in the form in which net-snmp expects its socket. */
import { EventEmitter } from 'node:events'
import type { Conversation } from '../conversation.ts'

/** There is no way to the device. */
export class NoWayError extends Error {}
/** The device, or something in its name, refused the port. */
export class RefusedError extends Error {}
/** What came reads as SNMP at first and then does not. */
export class UnreadableError extends Error {}
/** One device is asked no more than so much. */
export class PacketLimitError extends Error {}

/**
 * Also bounds what one device is sent, and keeps what net-snmp cannot read from becoming an uncaught error.
 * An answer that comes before net-snmp has heard that its question is sent waits for that: it would be dropped.
 */
export class ConversationSocket extends EventEmitter {
  readonly #conversation: Conversation
  readonly #packets: { left: number }
  #sending: Promise<void> = Promise.resolve()

  /** @param packets how many datagrams may still be sent; counted down */
  constructor(
    conversation: Conversation,
    packets: { left: number },
    accepts: (data: Buffer) => boolean,
    fail: (error: Error) => void,
  ) {
    super()
    this.#conversation = conversation
    this.#packets = packets
    const deliver = (data: Buffer) => {
      try {
        if (accepts(data)) this.emit('message', data)
      } catch (cause) {
        fail(new UnreadableError('unreadable', { cause }))
      }
    }
    conversation.onDatagram((data) => void this.#sending.then(() => deliver(data)))
    conversation.onRefused(() => fail(new RefusedError()))
  }

  /** As `dgram.Socket.send`; the port and address are those of the conversation. */
  send(
    data: Buffer,
    offset: number,
    length: number,
    _port: number,
    _address: string,
    done: (error: Error | null) => void,
  ): void {
    if (this.#packets.left <= 0) return done(new PacketLimitError())
    this.#packets.left--
    this.#sending = this.#conversation.send(data.subarray(offset, offset + length)).then(
      (hasWay) => done(hasWay ? null : new NoWayError()),
      (error: Error) => done(error),
    )
  }

  close(): void {
    this.#conversation.close()
    this.emit('close')
  }

  // The timers of net-snmp keep the process, and the pool decides how long the socket is open.
  bind(): void {}
  ref(): void {}
  unref(): void {}
}
