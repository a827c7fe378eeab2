/** The agent's own keys: one signs what it sends, one opens what is sealed to it. Made once, never sent. */
import {
  createKeyPair,
  createSealIdentity,
  createSecretFile,
  fingerprint,
  readPrivateKey,
  readSecretFile,
  recipientOf,
  writePrivateKey,
  writePublicKey,
  type KeyPair,
} from '@ophav/shared'
import type { StatePaths } from '../state/directory.ts'

export interface AgentKeys {
  signing: KeyPair
  publicKey: string
  /** What an operator compares with the collector's list. */
  fingerprint: string
  /** age identity: a secret. */
  sealIdentity: string
  recipient: string
}

/**
 * Reads the keys, making them at the first call.
 * @throws OphavError `secret.file-unreadable`, `secret.file-unwritable`, `key.unreadable`
 */
export async function loadAgentKeys(paths: StatePaths): Promise<AgentKeys> {
  const pem =
    readSecretFile(paths.signingKey) ??
    createSecretFile(paths.signingKey, writePrivateKey(createKeyPair().privateKey))
  const signing = readPrivateKey(pem)
  const publicKey = writePublicKey(signing.publicKey)
  const sealIdentity = (
    readSecretFile(paths.sealIdentity) ?? createSecretFile(paths.sealIdentity, await createSealIdentity())
  ).trim()
  return {
    signing,
    publicKey,
    fingerprint: fingerprint(publicKey),
    sealIdentity,
    recipient: await recipientOf(sealIdentity),
  }
}
