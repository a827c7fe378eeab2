/** SNMP credentials for a scan by hand: from a file, from the environment, or communities that are no secret. */
import { readFileSync } from 'node:fs'
import { OphavError, parseAs, SnmpCredential } from '@ophav/shared'
import { Type } from 'typebox'

export interface CredentialSources {
  /** JSON: a list of credentials as in `SnmpCredential`. */
  credentialsFile?: string | undefined
  /** Communities from `--community`. */
  communities: readonly string[]
  /** `OPHAV_COMMUNITY`: communities with commas between. */
  environment?: string | undefined
}

const CredentialFile = Type.Array(SnmpCredential, { maxItems: 16 })

/** @throws OphavError `command.invalid-option`; the file's content is in no message */
export function gatherCredentials(sources: CredentialSources): SnmpCredential[] {
  const { credentialsFile, communities, environment = '' } = sources
  const listed = [...communities, ...environment.split(',').map((name) => name.trim())].filter(Boolean)
  return [
    ...(credentialsFile === undefined ? [] : readCredentials(credentialsFile)),
    ...listed.map((community): SnmpCredential => ({ version: '2c', community })),
  ]
}

function readCredentials(path: string): SnmpCredential[] {
  let document: unknown
  try {
    document = JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    // The parser's own message quotes the text, and the text is secret.
    throw new OphavError('command.invalid-option', { option: 'credentials', given: path })
  }
  return parseAs(CredentialFile, document, 'command.invalid-option')
}
