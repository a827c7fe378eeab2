/** Asks the collector for the policy, signed so that it knows who asks, and puts a newer one in force. */
import { POLICY_REQUEST_TYPE, sealEnvelope, type Activity, type PolicyRequest } from '@ophav/shared'
import type { LocalInterface } from '../net/network.ts'
import type { AgentKeys } from '../enrol/keys.ts'
import type { PolicyHolder } from '../policy/hold.ts'
import type { CollectorClient } from './client.ts'

export interface PolicyQuestion {
  agent: string
  version: string
  keys: Pick<AgentKeys, 'signing'>
  client: CollectorClient
  holder: PolicyHolder
  interfaces: () => readonly LocalInterface[]
  activity: () => Activity | undefined
  now: () => number
}

/** The most interfaces that a request may name. */
const MAX_INTERFACES = 64

/** @throws OphavError `agent.*`, `envelope.*`, `policy.*`, `uplink.*` */
export async function refreshPolicy(question: PolicyQuestion, signal: AbortSignal): Promise<void> {
  const { agent, version, client, holder, keys } = question
  const activity = question.activity()
  const request: PolicyRequest = {
    agent,
    at: new Date(question.now()).toISOString(),
    revision: holder.revision,
    version,
    interfaces: question
      .interfaces()
      .filter((local) => !local.internal)
      .slice(0, MAX_INTERFACES)
      .map(({ name, address, prefix }) => ({
        name: name.slice(0, 40),
        address: address.split('%', 1)[0] ?? '',
        prefix,
      })),
    ...(activity === undefined ? {} : { activity }),
  }
  const envelope = await client.fetchPolicy(
    sealEnvelope(POLICY_REQUEST_TYPE, request, keys.signing.privateKey, agent),
    signal,
  )
  if (envelope) await holder.accept(envelope)
}
