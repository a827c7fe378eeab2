/** Whether a policy may be obeyed: signed by the pinned collector, made for this agent, and not an old one. */
import {
  OphavError,
  openEnvelope,
  parseAs,
  Policy,
  POLICY_TYPE,
  readPublicKey,
  type Envelope,
} from '@ophav/shared'

/** Whom a policy must come from and be for. */
export interface PolicyTerms {
  agent: string
  /** The key pinned at enrolment. */
  collectorKey: string
  /** The revision in force, 0 for none. */
  revision: number
}

/**
 * @throws OphavError `envelope.*`, `policy.invalid`, `policy.wrong-agent`, `policy.rolled-back`
 */
export function acceptPolicy(envelope: Envelope, terms: PolicyTerms): Policy {
  const document = openEnvelope(envelope, POLICY_TYPE, readPublicKey(terms.collectorKey))
  const policy = parseAs(Policy, document, 'policy.invalid')
  if (policy.agent !== terms.agent) throw new OphavError('policy.wrong-agent', { made: policy.agent })
  if (policy.revision < terms.revision)
    throw new OphavError('policy.rolled-back', { given: policy.revision, held: terms.revision })
  return policy
}
