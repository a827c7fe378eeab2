/** ICMP echo (RFC 792): the question, and whether something is the answer to it. */

const HEADER_OCTETS = 8
const ECHO_REQUEST = 8
const ECHO_REPLY = 0
/** Unguessable, so that nobody answers who was not asked. */
export const TOKEN_OCTETS = 8
export const MESSAGE_OCTETS = HEADER_OCTETS + TOKEN_OCTETS

export function echoRequest(identifier: number, token: Uint8Array): Buffer {
  const message = Buffer.alloc(MESSAGE_OCTETS)
  message[0] = ECHO_REQUEST
  message.writeUInt16BE(identifier, 4)
  message.set(token.subarray(0, TOKEN_OCTETS), HEADER_OCTETS)
  let sum = 0
  for (let offset = 0; offset < MESSAGE_OCTETS; offset += 2) sum += message.readUInt16BE(offset)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  message.writeUInt16BE(~sum & 0xffff, 2)
  return message
}

/**
 * Whether a packet is the answer to a request with this token. The identifier is not looked at: a socket for echoes has
 * one that the system chose (icmp(7)).
 * @param hasHeader whether it begins with its IP header, as raw sockets give it (raw(7))
 */
export function isEchoReply(packet: Buffer, token: Uint8Array, hasHeader: boolean): boolean {
  const start = hasHeader ? ((packet[0] ?? 0) & 0x0f) * 4 : 0
  if (hasHeader && (start < 20 || (packet[0] ?? 0) >>> 4 !== 4)) return false
  if (packet.length < start + MESSAGE_OCTETS || packet[start] !== ECHO_REPLY || packet[start + 1] !== 0)
    return false
  const from = start + HEADER_OCTETS
  return packet.subarray(from, from + TOKEN_OCTETS).equals(token.subarray(0, TOKEN_OCTETS))
}
