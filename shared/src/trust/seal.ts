/** Secrets sealed to one reader: age (age-encryption.org/v1) with X25519 recipients. */
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { OphavError } from '../error/error.ts'

/** @returns a new age identity (`AGE-SECRET-KEY-1...`): a secret, for a file with mode 0600. */
export const createSealIdentity = (): Promise<string> => generateX25519Identity()

/** @returns the recipient (`age1...`) to which others seal. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity)

/** Seals a JSON document to one recipient. @returns base64 */
export async function sealSecret(document: unknown, recipient: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return Buffer.from(await encrypter.encrypt(JSON.stringify(document))).toString('base64')
}

/**
 * Opens what `sealSecret` made. The document is as trustworthy as whoever sent it: check it against its schema.
 * @throws OphavError `secret.unreadable`: not for this identity, or changed on the way.
 */
export async function openSecret(sealed: string, identity: string): Promise<unknown> {
  try {
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    return JSON.parse(await decrypter.decrypt(Buffer.from(sealed, 'base64'), 'text'))
  } catch (cause) {
    throw new OphavError('secret.unreadable', {}, { cause })
  }
}
