/** Who lives on the segment, as far as the scan knows, and what of it has changed since it was last kept. */
import type { Mac } from '@ophav/shared'
import type { SavedHost } from './checkpoint.ts'

export class Hosts {
  readonly #macs = new Map<string, Mac | null>()
  /** By probe: addresses that it had an answer or a refusal from. */
  readonly #heard = new Map<string, Set<string>>()
  readonly #asked = new Set<string>()
  readonly #changed = new Set<string>()

  constructor(saved: readonly SavedHost[] = []) {
    for (const { address, mac, heard, isAsked } of saved) {
      this.#macs.set(address, mac)
      for (const probe of heard) this.#heardBy(probe).add(address)
      if (isAsked) this.#asked.add(address)
    }
  }

  /** Address to MAC, null where it is not known. */
  get alive(): ReadonlyMap<string, Mac | null> {
    return this.#macs
  }

  /** A probe that has begun tells by its silence, too. */
  begin(probe: string): void {
    this.#heardBy(probe)
  }

  add(address: string, mac: Mac | null, probe: string): void {
    if (!this.#macs.get(address)) this.#macs.set(address, mac)
    this.#heardBy(probe).add(address)
    this.#changed.add(address)
  }

  /** @returns undefined where the probe has not run */
  wasHeardBy(probe: string, address: string): boolean | undefined {
    return this.#heard.get(probe)?.has(address)
  }

  /** Everything has been asked of the device. */
  end(address: string): void {
    this.#asked.add(address)
    this.#changed.add(address)
  }

  /** Those of whom not everything has been asked. */
  open(): string[] {
    return [...this.#macs.keys()].filter((address) => !this.#asked.has(address))
  }

  /** What is new since the last time. */
  takeChanged(): SavedHost[] {
    const changed = [...this.#changed].map((address) => ({
      address,
      mac: this.#macs.get(address) ?? null,
      heard: [...this.#heard].filter(([, heard]) => heard.has(address)).map(([probe]) => probe),
      isAsked: this.#asked.has(address),
    }))
    this.#changed.clear()
    return changed
  }

  #heardBy(probe: string): Set<string> {
    const heard = this.#heard.get(probe) ?? new Set()
    this.#heard.set(probe, heard)
    return heard
  }
}
