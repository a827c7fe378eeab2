/** What the sweep asks: one small question for each way that the credentials open. */
import type { SnmpCredential } from '@ophav/shared'
import { communityQuestion, discoveryQuestion, type Question } from '../snmp-message/question.ts'

/** RFC 3418: the three objects of the system group that say most about the maker. */
export const SYSTEM_OIDS = {
  '1.3.6.1.2.1.1.1.0': 'snmp.sysDescr',
  '1.3.6.1.2.1.1.2.0': 'snmp.sysObjectID',
  '1.3.6.1.2.1.1.5.0': 'snmp.sysName',
} as const

/** Every further community is two more packets to every address that is silent. */
export const MAX_COMMUNITIES = 3

export interface Questions {
  questions: Question[]
  /** Communities that are not tried. */
  leftOut: number
}

/**
 * One GET for each of the first communities; the discovery of the engine where there is a user of SNMPv3, or
 * nothing else to ask with, because it needs no credential.
 */
export function chooseQuestions(credentials: readonly SnmpCredential[]): Questions {
  const communities = new Map<string, Question>()
  let hasUser = false
  for (const credential of credentials) {
    if (credential.version === '3') hasUser = true
    else {
      const { version, community } = credential
      communities.set(
        `${version} ${community}`,
        communityQuestion(version, community, Object.keys(SYSTEM_OIDS)),
      )
    }
  }
  const questions = [...communities.values()].slice(0, MAX_COMMUNITIES)
  if (hasUser || questions.length === 0) questions.push(discoveryQuestion())
  return { questions, leftOut: Math.max(0, communities.size - MAX_COMMUNITIES) }
}
