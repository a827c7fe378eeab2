/** Enrols an agent: sends its public keys with a one-time token, and pins the collector's key. */
import { hostname } from 'node:os'
import { fingerprint, OphavError } from '@ophav/shared'
import type { StatePaths } from '../state/directory.ts'
import { CollectorClient } from '../uplink/client.ts'
import { readEnrolment, writeEnrolment, type Enrolment } from './enrolment.ts'
import { loadAgentKeys } from './keys.ts'

export interface EnrolOrder {
  paths: StatePaths
  /** Base URL of the collector. */
  collector: string
  token: string
  name?: string
  version: string
  /** Enrols again where an enrolment is kept already. */
  replace?: boolean
  /** What the collector's key must be called; without it the first key that answers is pinned. */
  collectorFingerprint?: string
  signal?: AbortSignal
}

export interface Enrolled {
  enrolment: Enrolment
  status: 'pending' | 'approved'
  /** The agent's own. */
  fingerprint: string
  collectorFingerprint: string
}

/**
 * @throws OphavError `enrolment.exists`, `enrolment.token-invalid`, `enrolment.wrong-collector`, `uplink.*`, and what
 *   the state directory can throw
 */
export async function enrolAgent(order: EnrolOrder): Promise<Enrolled> {
  const { paths, collector, token, version } = order
  const known = order.replace ? null : readEnrolment(paths.enrolment)
  if (known) throw new OphavError('enrolment.exists', { collector: known.collector, agent: known.agent })
  const keys = await loadAgentKeys(paths)
  const name = order.name ?? (hostname() || 'agent')
  const receipt = await new CollectorClient(collector).enrol(
    {
      token,
      name,
      publicKey: keys.publicKey,
      recipient: keys.recipient,
      version,
      platform: `${process.platform} ${process.arch}, Node ${process.version}`,
    },
    order.signal,
  )
  const collectorFingerprint = fingerprint(receipt.collectorKey)
  const expected = order.collectorFingerprint?.trim().toLowerCase()
  if (expected !== undefined && expected !== collectorFingerprint)
    throw new OphavError('enrolment.wrong-collector', { expected, given: collectorFingerprint })
  const enrolment: Enrolment = {
    agent: receipt.agent,
    name,
    collector,
    collectorKey: receipt.collectorKey,
    enrolledAt: new Date().toISOString(),
  }
  writeEnrolment(paths.enrolment, enrolment)
  return { enrolment, status: receipt.status, fingerprint: keys.fingerprint, collectorFingerprint }
}
