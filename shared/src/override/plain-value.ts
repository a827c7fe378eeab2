/** From a YAML document to plain values: nothing that stands for something else, no key that reaches behind an object. */
import { isAlias, isMap, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml'
import type { RuleProblem } from './problem.ts'

/** The schema is seven levels deep. */
const MAX_DEPTH = 16
/** A file at its largest holds fewer; beyond this nobody reads the problems either. */
const MAX_NODES = 200_000

/** Controls, and the characters that change the order in which a person reads (Unicode UAX #9). */
// oxlint-disable-next-line no-control-regex -- matching control characters is the purpose
const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Surrogate}/u

const BARRED_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

export class PlainReader {
  readonly problems: RuleProblem[] = []
  /** The line on which each place begins. */
  readonly lines = new Map<string, number>()
  readonly #counter: LineCounter
  #nodes = 0

  constructor(counter: LineCounter) {
    this.#counter = counter
  }

  read(node: ParsedNode | null, place = '', depth = 0): unknown {
    if (node === null) return null
    if (++this.#nodes > MAX_NODES || depth > MAX_DEPTH)
      return this.#refuse('deeper or larger than rules are', place)
    this.lines.set(place, this.#counter.linePos(node.range[0]).line)
    if (isAlias(node)) return this.#refuse('an alias (*name); write it out', place)
    if (node.anchor !== undefined) return this.#refuse('an anchor (&name); write it out', place)
    if (node.tag !== undefined) return this.#refuse('a tag (!name)', place)
    if (isScalar(node)) return this.#readScalar(node.value, place)
    if (isSeq(node))
      return node.items.map((item, index) => this.read(item as ParsedNode, `${place}[${index}]`, depth + 1))
    return isMap(node) ? this.#readMap(node.items, place, depth) : null
  }

  #readMap(items: readonly { key: unknown; value: unknown }[], place: string, depth: number): unknown {
    const entries = new Map<string, unknown>()
    for (const { key: keyNode, value } of items) {
      const key = isScalar(keyNode) ? keyNode.value : null
      if (typeof key !== 'string' || UNSAFE.test(key)) {
        this.#refuse('a key that is no plain word', place)
        continue
      }
      const at = place === '' ? key : `${place}.${key}`
      if (BARRED_KEYS.has(key)) this.#refuse('a key that no rule has', at)
      else if (entries.has(key)) this.#refuse('a key that stands there twice', at)
      else entries.set(key, this.read(value as ParsedNode | null, at, depth + 1))
    }
    return Object.fromEntries(entries)
  }

  #readScalar(value: unknown, place: string): unknown {
    if (typeof value === 'string' && UNSAFE.test(value))
      return this.#refuse('a control character, or one that is not seen', place)
    return typeof value === 'bigint' ? Number(value) : value
  }

  #refuse(problem: string, place: string): null {
    if (this.problems.length < MAX_PROBLEMS)
      this.problems.push({ code: 'rule.hostile', place, detail: { problem } })
    return null
  }
}

/** More than anybody reads at once. */
export const MAX_PROBLEMS = 50
