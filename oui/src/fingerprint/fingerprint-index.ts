/** Fingerprints by the kind of evidence and the text's first characters, so that a text meets the few that can fit. */
import type { Fingerprint } from './fingerprint.ts'
import { matchTemplate, normalize, type Captures } from './template.ts'

export interface FingerprintHit {
  fingerprint: Fingerprint
  captures: Captures
}

/** So many first characters choose the list to try. */
const HEAD = 2

interface KindIndex {
  byHead: Map<string, Fingerprint[]>
  /** Those whose text may stand anywhere. */
  anywhere: Fingerprint[]
}

export class FingerprintIndex {
  readonly #byKind = new Map<string, KindIndex>()

  /** @param fingerprints of two that fit, the one whose literal head is longer wins, then the earlier */
  constructor(fingerprints: readonly Fingerprint[]) {
    for (const fingerprint of fingerprints)
      for (const kind of fingerprint.kinds) this.#learn(kind, fingerprint)
    for (const { byHead } of this.#byKind.values())
      for (const list of byHead.values()) list.sort((a, b) => b.template.head.length - a.template.head.length)
  }

  #learn(kind: string, fingerprint: Fingerprint): void {
    let index = this.#byKind.get(kind)
    if (!index) this.#byKind.set(kind, (index = { byHead: new Map(), anywhere: [] }))
    const { head } = fingerprint.template
    if (head.length < HEAD) return void index.anywhere.push(fingerprint)
    const list = index.byHead.get(head.slice(0, HEAD))
    if (list) list.push(fingerprint)
    else index.byHead.set(head.slice(0, HEAD), [fingerprint])
  }

  /** @returns the fingerprint that fits, null where none of the kind does */
  find(kind: string, text: string): FingerprintHit | null {
    const index = this.#byKind.get(kind)
    if (!index) return null
    const trimmed = text.trim()
    const plain = normalize(trimmed)
    const candidates = index.byHead.get(plain.slice(0, HEAD))
    return firstThatFits(candidates, trimmed, plain) ?? firstThatFits(index.anywhere, trimmed, plain)
  }
}

function firstThatFits(
  candidates: readonly Fingerprint[] | undefined,
  text: string,
  plain: string,
): FingerprintHit | null {
  for (const fingerprint of candidates ?? []) {
    const captures = matchTemplate(fingerprint.template, text, plain)
    if (captures) return { fingerprint, captures }
  }
  return null
}
