/** Credentials of a policy in the form that net-snmp takes. */
import { createCipheriv } from 'node:crypto'
import type { SnmpCredential } from '@ophav/shared'
import snmp from 'net-snmp'

type UserCredential = Extract<SnmpCredential, { version: '3' }>

/** RFC 3414 8: DES, which OpenSSL 3 offers only where somebody has loaded its legacy provider. */
let des: boolean | undefined
export function hasDes(): boolean {
  des ??= canEncrypt('des-cbc')
  return des
}

function canEncrypt(cipher: string): boolean {
  try {
    createCipheriv(cipher, Buffer.alloc(8), Buffer.alloc(8))
    return true
  } catch {
    return false
  }
}

/** Whether this machine can use it. */
export const isUsable = (credential: SnmpCredential): boolean =>
  credential.version !== '3' || credential.privProtocol !== 'des' || hasDes()

/** RFC 3411 3.4.3: privacy needs authentication. */
export function securityLevel({
  authProtocol,
  authKey,
  privProtocol,
  privKey,
}: UserCredential): snmp.SecurityLevel {
  if (authProtocol === undefined || authKey === undefined) return snmp.SecurityLevel.noAuthNoPriv
  return privProtocol === undefined || privKey === undefined
    ? snmp.SecurityLevel.authNoPriv
    : snmp.SecurityLevel.authPriv
}

export function userOf(credential: UserCredential): snmp.User {
  const { user, authProtocol, authKey, privProtocol, privKey } = credential
  const level = securityLevel(credential)
  const authentication =
    level === snmp.SecurityLevel.noAuthNoPriv || authProtocol === undefined || authKey === undefined
      ? {}
      : { authProtocol: snmp.AuthProtocols[authProtocol], authKey }
  const privacy =
    level !== snmp.SecurityLevel.authPriv || privProtocol === undefined || privKey === undefined
      ? {}
      : { privProtocol: snmp.PrivProtocols[privProtocol], privKey }
  return { name: user, level, ...authentication, ...privacy }
}
