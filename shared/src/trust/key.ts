/** Ed25519 keys (RFC 8032): made, written, read back and named by fingerprint. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto'
import { Type } from 'typebox'
import { OphavError } from '../error/error.ts'

/** The 32 octets of an Ed25519 public key in base64url: 43 characters. */
export const PublicKeyText = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

export interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

export const createKeyPair = (): KeyPair => generateKeyPairSync('ed25519')

/** @returns the raw key as base64url (RFC 8037 `x`). */
export const writePublicKey = (key: KeyObject): string => String(key.export({ format: 'jwk' }).x)

/** @throws OphavError `key.unreadable` */
export function readPublicKey(text: string): KeyObject {
  try {
    return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text }, format: 'jwk' })
  } catch (cause) {
    throw new OphavError('key.unreadable', { kind: 'public' }, { cause })
  }
}

/** PKCS #8 in PEM: for a file with mode 0600 and nothing else. */
export const writePrivateKey = (key: KeyObject): string =>
  key.export({ format: 'pem', type: 'pkcs8' }).toString()

/** @throws OphavError `key.unreadable` */
export function readPrivateKey(pem: string): KeyPair {
  try {
    const privateKey = createPrivateKey(pem)
    if (privateKey.asymmetricKeyType !== 'ed25519') throw new TypeError('not Ed25519')
    return { privateKey, publicKey: createPublicKey(privateKey) }
  } catch (cause) {
    throw new OphavError('key.unreadable', { kind: 'private' }, { cause })
  }
}

/**
 * A key's name: the first 32 hex digits of its SHA-256, in groups of four that people can read to each
 * other over a telephone.
 */
export function fingerprint(publicKeyText: string): string {
  const digest = createHash('sha256').update(Buffer.from(publicKeyText, 'base64url')).digest('hex')
  return (digest.slice(0, 32).match(/.{4}/g) ?? []).join('-')
}
