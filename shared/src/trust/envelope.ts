/**
 * Signed envelopes: DSSE (Dead Simple Signing Envelope, secure-systems-lab/dsse v1.0.2), the same for
 * batches, policies and every other document that one program signs and another applies.
 */
import { sign, verify, type KeyObject } from 'node:crypto'
import { Type, type Static } from 'typebox'
import { OphavError } from '../error/error.ts'

export const Envelope = Type.Object(
  {
    payloadType: Type.String({ minLength: 1, maxLength: 120 }),
    /** The signed octets in base64. */
    payload: Type.String({ minLength: 1, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
    signatures: Type.Array(
      Type.Object(
        {
          keyid: Type.String({ maxLength: 80 }),
          sig: Type.String({ maxLength: 120, pattern: '^[A-Za-z0-9+/]+={0,2}$' }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 1 },
    ),
  },
  { $id: 'Envelope', additionalProperties: false },
)
export type Envelope = Static<typeof Envelope>

/** DSSE's pre-authentication encoding: the type is signed with the payload, so one cannot pass for another. */
function preAuthenticate(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType, 'utf8')
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} `),
    type,
    Buffer.from(` ${payload.length} `),
    payload,
  ])
}

/** Signs a JSON document. `keyid` helps the reader to find the key and is not itself trusted. */
export function sealEnvelope(
  payloadType: string,
  document: unknown,
  privateKey: KeyObject,
  keyid: string,
): Envelope {
  const payload = Buffer.from(JSON.stringify(document), 'utf8')
  const sig = sign(null, preAuthenticate(payloadType, payload), privateKey)
  return {
    payloadType,
    payload: payload.toString('base64'),
    signatures: [{ keyid, sig: sig.toString('base64') }],
  }
}

/**
 * Verifies an envelope and reads its document. The document is authentic, not yet valid: check it against
 * its schema.
 * @throws OphavError `envelope.wrong-type`, `envelope.bad-signature`, `envelope.not-json`
 */
export function openEnvelope(envelope: Envelope, payloadType: string, publicKey: KeyObject): unknown {
  if (envelope.payloadType !== payloadType)
    throw new OphavError('envelope.wrong-type', { expected: payloadType, given: envelope.payloadType })
  const payload = Buffer.from(envelope.payload, 'base64')
  const signature = Buffer.from(envelope.signatures[0]?.sig ?? '', 'base64')
  if (!verify(null, preAuthenticate(payloadType, payload), publicKey, signature))
    throw new OphavError('envelope.bad-signature')
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch (cause) {
    throw new OphavError('envelope.not-json', {}, { cause })
  }
}

/**
 * Reads the document without trusting it: only to learn whose key to verify with.
 * @returns the document, or null when it is no JSON.
 */
export function peekEnvelope(envelope: Envelope): unknown {
  try {
    return JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8'))
  } catch {
    return null
  }
}
