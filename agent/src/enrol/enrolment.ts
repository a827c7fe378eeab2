/** What an agent keeps of its enrolment: who it is, where its collector is, and whose signature it obeys. */
import { AgentId, OphavError, parseAs, PublicKeyText } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import { readIfPresent, writeDurably } from '../state/durable-file.ts'

const Enrolment = Type.Object({
  agent: AgentId,
  name: Type.String({ minLength: 1, maxLength: 120 }),
  /** Base URL of the collector. */
  collector: Type.String({ pattern: '^https?://' }),
  /** Pinned: a policy signed with another key is refused. */
  collectorKey: PublicKeyText,
  enrolledAt: Type.String(),
})
export type Enrolment = Static<typeof Enrolment>

/**
 * @returns null when the agent is not enrolled.
 * @throws OphavError `enrolment.unreadable`
 */
export function readEnrolment(path: string): Enrolment | null {
  let document: unknown
  try {
    const text = readIfPresent(path)
    if (text === null) return null
    document = JSON.parse(text)
  } catch (cause) {
    throw new OphavError('enrolment.unreadable', { path }, { cause })
  }
  return parseAs(Enrolment, document, 'enrolment.unreadable')
}

/** @throws OphavError `agent.not-enrolled`, `enrolment.unreadable` */
export function requireEnrolment(path: string): Enrolment {
  const enrolment = readEnrolment(path)
  if (!enrolment) throw new OphavError('agent.not-enrolled', { path })
  return enrolment
}

/** @throws OphavError `state.unwritable` */
export const writeEnrolment = (path: string, enrolment: Enrolment): void =>
  writeDurably(path, `${JSON.stringify(enrolment, null, 2)}\n`)
