/** The accounts of all probes of a scan, and the batches into which the audit trail divides them. */
import { PacketAccount } from '../net/packet-account.ts'
import type { SentBatch } from './checkpoint.ts'

export class BatchBook {
  readonly #accounts = new Map<string, PacketAccount>()
  readonly #now: () => number
  readonly #before: number
  #since: number

  /** @param before packets that the scan sent before it was interrupted */
  constructor(now: () => number, before = 0) {
    this.#now = now
    this.#before = before
    this.#since = now()
  }

  /** Packets of the whole scan. */
  get total(): number {
    return [...this.#accounts.values()].reduce((sum, { total }) => sum + total, this.#before)
  }

  of(probe: string): PacketAccount {
    const account = this.#accounts.get(probe) ?? new PacketAccount()
    this.#accounts.set(probe, account)
    return account
  }

  /** What each probe has sent since the last time; those that sent nothing are not named. */
  take(): SentBatch[] {
    const [beganAt, endedAt] = [this.#since, this.#now()]
    this.#since = endedAt
    return [...this.#accounts].flatMap(([probe, account]) => {
      const { packets, addresses } = account.take()
      return packets === 0 ? [] : [{ probe, packets, addresses, beganAt, endedAt }]
    })
  }
}
