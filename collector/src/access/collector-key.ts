/** The collector's own keys: one signs policies, one opens the credentials that are sealed at rest. */
import { join } from 'node:path'
import {
  createKeyPair,
  createSealIdentity,
  createSecretFile,
  readPrivateKey,
  readSecretFile,
  recipientOf,
  writePrivateKey,
  writePublicKey,
  type KeyPair,
} from '@ophav/shared'

export interface CollectorKeys {
  signing: KeyPair
  /** What agents pin. */
  publicKey: string
  /** age identity: a secret. */
  sealIdentity: string
  sealRecipient: string
}

/** Reads the keys, making them at the first start. */
export async function loadCollectorKeys(dataDirectory: string): Promise<CollectorKeys> {
  const signing = readPrivateKey(
    readSecretFile(join(dataDirectory, 'collector.key')) ??
      createSecretFile(join(dataDirectory, 'collector.key'), writePrivateKey(createKeyPair().privateKey)),
  )
  const agePath = join(dataDirectory, 'collector.age')
  const sealIdentity = (
    readSecretFile(agePath) ?? createSecretFile(agePath, await createSealIdentity())
  ).trim()
  return {
    signing,
    publicKey: writePublicKey(signing.publicKey),
    sealIdentity,
    sealRecipient: await recipientOf(sealIdentity),
  }
}
