import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { echoRequest, isEchoReply } from './message.ts'

const token = Buffer.from('0123456789abcdef', 'hex')
const reply = (() => {
  const message = echoRequest(0x1234, token)
  message[0] = 0
  return message
})()
const header = Buffer.from('4500002400004000400100000a0000020a000001', 'hex')

describe('ICMP echo', () => {
  test('a request is the message that RFC 792 describes', () => {
    expect(echoRequest(0x1234, token).toString('hex')).toBe('080047a6123400000123456789abcdef')
  })

  test('a reply carries what was sent, behind an IP header or without one', () => {
    expect(isEchoReply(reply, token, false)).toBe(true)
    expect(isEchoReply(Buffer.concat([header, reply]), token, true)).toBe(true)
  })

  test('requests, replies to others and what is cut short are none', () => {
    expect(isEchoReply(echoRequest(0x1234, token), token, false)).toBe(false)
    expect(isEchoReply(reply, Buffer.alloc(8), false)).toBe(false)
    expect(isEchoReply(reply.subarray(0, 15), token, false)).toBe(false)
    expect(isEchoReply(Buffer.concat([header, reply]), token, false)).toBe(false)
  })

  test('nothing throws, and nothing without the token is a reply', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (octets, hasHeader) => {
        const packet = Buffer.from(octets)
        expect(!isEchoReply(packet, token, hasHeader) || packet.includes(token)).toBe(true)
      }),
    )
  })
})
