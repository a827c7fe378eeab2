import { encode } from 'dns-packet'
import { expect, test } from 'vitest'
import { hearIn, SOURCE, SOURCE_ADDRESS, udpFrame } from '../frame.testkit.ts'
import { llmnrListen } from './probe.ts'

const hear = (message: Uint8Array) => hearIn(llmnrListen, udpFrame(5355, 5355, message))
const heard = (...says: string[]) => [
  { mac: SOURCE, address: SOURCE_ADDRESS, says: [`mac ${SOURCE}`, ...says] },
]

test('a host that makes sure of its own name is heard with it', () => {
  expect(hear(encode({ type: 'query', questions: [{ type: 'ANY' as never, name: 'KK-PC-0042' }] }))).toEqual(
    heard('llmnr.name KK-PC-0042'),
  )
})

test('the name in any other question is somebody else', () => {
  expect(hear(encode({ type: 'query', questions: [{ type: 'A', name: 'wpad' }] }))).toEqual(heard())
})

test('who answers for a name has it', () => {
  const answers = [{ type: 'A' as const, name: 'printer-7', data: '10.0.0.7', ttl: 30 }]
  expect(hear(encode({ type: 'response', answers }))).toEqual(heard('llmnr.name printer-7'))
})

test('a name that points at itself, and a message that is cut short, are malformed', () => {
  expect(hear(Buffer.from('000100000001000000000000c00c00ff0001', 'hex'))).toBe('malformed')
  expect(hear(Buffer.alloc(5))).toBe('malformed')
})
