/** The policy in force: kept on disk as it was signed, verified each time it is read. */
import {
  CredentialSet,
  Envelope,
  errorCode,
  openSecret,
  parseAs,
  type Policy,
  type SnmpCredential,
} from '@ophav/shared'
import type { AgentKeys } from '../enrol/keys.ts'
import type { Enrolment } from '../enrol/enrolment.ts'
import { readIfPresent, writeDurably } from '../state/durable-file.ts'
import { acceptPolicy } from './accept.ts'

export interface PolicyHolding {
  path: string
  enrolment: Pick<Enrolment, 'agent' | 'collectorKey'>
  /** Null leaves credentials sealed. */
  keys: Pick<AgentKeys, 'sealIdentity'> | null
  /** Hears the code of what is wrong with a policy that can still be used, or was kept on disk and cannot. */
  onProblem: (code: string) => void
}

/** Without a policy an agent sends no packet: `policy` is null until one was accepted. */
export class PolicyHolder {
  readonly #holding: PolicyHolding
  readonly #listeners = new Set<() => void>()
  #policy: Policy | null = null
  #credentials: CredentialSet = {}

  constructor(holding: PolicyHolding) {
    this.#holding = holding
  }

  get policy(): Policy | null {
    return this.#policy
  }

  get revision(): number {
    return this.#policy?.revision ?? 0
  }

  /** The credentials for a segment, in the order in which they are tried. */
  credentials(segment: string): readonly SnmpCredential[] {
    return Object.hasOwn(this.#credentials, segment) ? (this.#credentials[segment] ?? []) : []
  }

  /** Takes up the policy that was kept. One that cannot be verified is as good as none. */
  async load(): Promise<void> {
    try {
      const text = readIfPresent(this.#holding.path)
      if (text === null) return
      const envelope = parseAs(Envelope, JSON.parse(text), 'policy.invalid')
      await this.#take(acceptPolicy(envelope, { ...this.#holding.enrolment, revision: 0 }))
    } catch (error) {
      this.#holding.onProblem(errorCode(error) ?? 'policy.invalid')
    }
  }

  /**
   * Puts a policy in force.
   * @returns whether it is another one than before.
   * @throws OphavError `envelope.*`, `policy.*`, `state.unwritable`
   */
  async accept(envelope: Envelope): Promise<boolean> {
    const policy = acceptPolicy(envelope, { ...this.#holding.enrolment, revision: this.revision })
    if (policy.revision === this.revision) return false
    writeDurably(this.#holding.path, JSON.stringify(envelope))
    await this.#take(policy)
    for (const listener of this.#listeners) listener()
    return true
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #take(policy: Policy): Promise<void> {
    this.#credentials = await this.#open(policy)
    this.#policy = policy
  }

  /** Credentials that cannot be opened cost what they would have asked, not the scan. */
  async #open({ sealedCredentials }: Policy): Promise<CredentialSet> {
    const { keys } = this.#holding
    if (sealedCredentials === undefined || keys === null) return {}
    try {
      const document = await openSecret(sealedCredentials, keys.sealIdentity)
      return parseAs(CredentialSet, document, 'secret.unreadable')
    } catch (error) {
      this.#holding.onProblem(errorCode(error) ?? 'secret.unreadable')
      return {}
    }
  }
}
