/** Which maker and class an enterprise number or a subtree below it stands for in practice, over what the register says. */
import type { DeviceClass, MakerEntry } from '../maker/entry.ts'

/**
 * Agents and toolkits that ship in everybody's devices: the number names software, not a maker.
 * 8072 net-snmp, 2021 UCD-SNMP, 311 Microsoft's agent on any PC, 4413 Broadcom's switch toolkit, 10002 and 17409
 * toolkits of access points and cable gear, 99 SNMP Research, 3317 a routing stack's vendor, 6876 VMware, 12325 BSD,
 * 2238 FreeBSD.
 */
const SOFTWARE = new Set([
  0, 99, 311, 1575, 2021, 2238, 3317, 4413, 4414, 6876, 7778, 8072, 10002, 12325, 15397, 16394, 17409, 23458,
  26381, 30803, 32473, 37476, 42780,
])

export interface ObjectMeaning {
  maker: MakerEntry
  /** Null where the subtree names the maker only. */
  class: DeviceClass | null
  /** The subtree that said so, below `1.3.6.1.4.1`. */
  subtree: string
}

export class ObjectTable {
  readonly #bySubtree = new Map<string, ObjectMeaning>()

  /** @param makers those before others win where two claim one number */
  constructor(makers: readonly MakerEntry[]) {
    for (const maker of makers) {
      for (const [named, subtrees] of Object.entries(maker.objects))
        for (const subtree of subtrees ?? []) this.#learn(maker, named === 'any' ? null : named, subtree)
      for (const number of maker.enterprises) this.#learn(maker, null, String(number))
    }
  }

  #learn(maker: MakerEntry, named: DeviceClass | null, subtree: string): void {
    if (!this.#bySubtree.has(subtree)) this.#bySubtree.set(subtree, { maker, class: named, subtree })
  }

  /**
   * @param object below `1.3.6.1.4.1`, as `9.1.516`
   * @returns the most specific subtree's meaning, `software` for a number that names no maker, null to ask the register
   */
  find(object: string): ObjectMeaning | 'software' | null {
    for (let end = object.length; end > 0; end = object.lastIndexOf('.', end - 1)) {
      const found = this.#bySubtree.get(end === object.length ? object : object.slice(0, end))
      if (found) return found
    }
    const dot = object.indexOf('.')
    return SOFTWARE.has(Number(dot < 0 ? object : object.slice(0, dot))) ? 'software' : null
  }
}
