/** Product patterns: a word with `#` for a digit, `@` for a letter, and a closing `*` for anything. */
import { Trie } from './trie.ts'

/** Read from left to right, without going back. */
export function fits(pattern: string, word: string): boolean {
  const open = pattern.endsWith('*')
  const length = open ? pattern.length - 1 : pattern.length
  if (open ? word.length < length : word.length !== length) return false
  for (let index = 0; index < length; index++) {
    const wanted = pattern.charCodeAt(index)
    const given = word.charCodeAt(index)
    if (wanted === 35 /* # */) {
      if (given < 48 || given > 57) return false
    } else if (wanted === 64 /* @ */) {
      if (given < 97 || given > 122) return false
    } else if (wanted !== given) return false
  }
  return true
}

export interface Pattern<T> {
  pattern: string
  value: T
}

/** Patterns by their literal head, so that a word is compared with the few that can fit. */
export class PatternIndex<T> {
  readonly #byHead = new Trie<Pattern<T>[]>()

  add(pattern: string, value: T): void {
    const head = headOf(pattern)
    if (head === '') throw new Error(`the pattern ${pattern} begins with no letter or digit`)
    const list = this.#byHead.get(head)
    if (!list) return this.#byHead.set(head, [{ pattern, value }])
    list.push({ pattern, value })
    list.sort((a, b) => b.pattern.length - a.pattern.length)
  }

  /** The most specific pattern that fits: the longest head, then the longest pattern. */
  find(word: string, accept?: (value: T) => boolean): Pattern<T> | null {
    const lists = this.#byHead.along(word)
    for (let index = lists.length - 1; index >= 0; index--)
      for (const entry of lists[index] ?? [])
        if (fits(entry.pattern, word) && (accept === undefined || accept(entry.value))) return entry
    return null
  }
}

/** What stands before a pattern's first digit, letter or rest that may vary. */
export const headOf = (pattern: string): string => /^[a-z0-9]*/.exec(pattern)?.[0] ?? ''
