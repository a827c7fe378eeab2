/** Keeps an eye on whether this machine could connect networks, while scans run. */
import { checkSelf, type SelfCheck } from './conclude.ts'
import { readMachine } from './machine.ts'
import { readNat } from './nat.ts'

/** Some dozen small files of the kernel: cheap, but not four times a second. */
const LOOK_MS = 5_000
/** Programs are started for it: as often as the check is due. */
const NAT_MS = 300_000

export class SelfWatch {
  readonly #hasNat: boolean
  #nat: string[] | null = null
  #natAt = -Infinity
  #check: SelfCheck | null = null
  #checkedAt = -Infinity

  /** @param hasNat false leaves the packet filter out: where nothing is forwarded, what it translates passes nowhere */
  constructor(hasNat = true) {
    this.#hasNat = hasNat
  }

  /** Looks at everything, the packet filter too. */
  async look(): Promise<SelfCheck> {
    this.#natAt = performance.now()
    this.#nat = await readNat()
    this.#checkedAt = performance.now()
    this.#check = checkSelf({ ...readMachine(), nat: this.#nat })
    return this.#check
  }

  /** What was seen a few seconds ago at most; of the packet filter a few minutes. */
  get current(): SelfCheck {
    const now = performance.now()
    if (this.#hasNat && now - this.#natAt >= NAT_MS) {
      this.#natAt = now
      void readNat().then((nat) => (this.#nat = nat))
    }
    if (this.#check && now - this.#checkedAt < LOOK_MS) return this.#check
    this.#checkedAt = now
    this.#check = checkSelf({ ...readMachine(), nat: this.#nat })
    return this.#check
  }
}
