import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openEnvelope, peekEnvelope, sealEnvelope } from './envelope.ts'
import {
  createKeyPair,
  fingerprint,
  readPrivateKey,
  readPublicKey,
  writePrivateKey,
  writePublicKey,
} from './key.ts'

const keys = createKeyPair()
const code = (wanted: string) => expect.objectContaining({ code: wanted })

describe('a signed envelope', () => {
  it('gives back the document to whoever has the right key', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        const envelope = sealEnvelope('a/b', document, keys.privateKey, 'k')
        expect(openEnvelope(envelope, 'a/b', keys.publicKey)).toEqual(JSON.parse(JSON.stringify(document)))
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 50) },
    )
  })

  it('is refused when any octet of the payload has changed', () => {
    const envelope = sealEnvelope('a/b', { camera: 'DS-2CD2143' }, keys.privateKey, 'k')
    const octets = Buffer.from(envelope.payload, 'base64')
    for (let index = 0; index < octets.length; index++) {
      const changed = Buffer.from(octets)
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() =>
        openEnvelope({ ...envelope, payload: changed.toString('base64') }, 'a/b', keys.publicKey),
      ).toThrow(code('envelope.bad-signature'))
    }
  })

  it('is refused with another key', () => {
    const envelope = sealEnvelope('a/b', {}, createKeyPair().privateKey, 'k')
    expect(() => openEnvelope(envelope, 'a/b', keys.publicKey)).toThrow(code('envelope.bad-signature'))
  })

  it('cannot pass for another kind of document', () => {
    const envelope = sealEnvelope('a/b', {}, keys.privateKey, 'k')
    expect(() => openEnvelope(envelope, 'a/c', keys.publicKey)).toThrow(code('envelope.wrong-type'))
    expect(() => openEnvelope({ ...envelope, payloadType: 'a/c' }, 'a/c', keys.publicKey)).toThrow(
      code('envelope.bad-signature'),
    )
  })

  it('refuses nonsense in the place of a signature without any other error', () => {
    const envelope = sealEnvelope('a/b', {}, keys.privateKey, 'k')
    for (const sig of ['', 'AA==', 'A'.repeat(88)])
      expect(() =>
        openEnvelope({ ...envelope, signatures: [{ keyid: 'k', sig }] }, 'a/b', keys.publicKey),
      ).toThrow(code('envelope.bad-signature'))
  })

  it('lets one look at the payload without trusting it', () => {
    expect(peekEnvelope(sealEnvelope('a/b', { agent: 'x' }, keys.privateKey, 'k'))).toEqual({ agent: 'x' })
    expect(peekEnvelope({ payloadType: 'a', payload: 'bm8=', signatures: [] })).toBeNull()
  })
})

describe('keys', () => {
  it('survive writing and reading', () => {
    const read = readPrivateKey(writePrivateKey(keys.privateKey))
    expect(writePublicKey(read.publicKey)).toBe(writePublicKey(keys.publicKey))
    expect(writePublicKey(readPublicKey(writePublicKey(keys.publicKey)))).toBe(writePublicKey(keys.publicKey))
  })

  it('are refused with a code when they are none', () => {
    expect(() => readPublicKey('short')).toThrow(code('key.unreadable'))
    expect(() => readPrivateKey('-----BEGIN nothing')).toThrow(code('key.unreadable'))
  })

  it('have a fingerprint that people can read aloud', () => {
    expect(fingerprint(writePublicKey(keys.publicKey))).toMatch(/^([0-9a-f]{4}-){7}[0-9a-f]{4}$/)
  })
})
