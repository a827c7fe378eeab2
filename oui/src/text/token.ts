/** Cuts what devices say into words, and finds product patterns in them. */

/** Longer banners repeat themselves; what is behind this is not read. */
const MAX_TEXT = 2_048
const MAX_TOKENS = 120

export interface Token {
  /** As it stands in the text. */
  raw: string
  /** Small letters and digits only: `DS-2CD2143` is `ds2cd2143`. */
  plain: string
  /** Its parts between hyphens, underscores, dots: `Cisco-CP-7821` has `cisco`, `cp`, `7821`. */
  parts: string[]
}

export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  for (const raw of text.slice(0, MAX_TEXT).split(/[\s,;:()[\]{}"'=/\\<>|*#!?@&^~`]+/)) {
    if (raw === '' || tokens.length >= MAX_TOKENS) continue
    const lower = raw.toLowerCase()
    const plain = lower.replace(/[^a-z0-9]+/g, '')
    if (plain === '' || plain.length > 64) continue
    const parts = plain === lower ? [plain] : lower.split(/[^a-z0-9]+/).filter(Boolean)
    tokens.push({ raw, plain, parts })
  }
  return tokens
}

/** A word with `#` for a digit, `@` for a letter, and a closing `*` for anything: read without backtracking. */
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

interface Entry<T> {
  pattern: string
  value: T
}

/** Words repeat: a fleet has few models. What is remembered is thrown away when it grows beyond this. */
const MAX_REMEMBERED = 20_000

/** Patterns by their literal head, so that a word is compared with the few that can fit. */
export class PatternIndex<T> {
  readonly #byHead = new Map<string, Entry<T>[]>()
  /** By the first two characters of heads, the lengths that heads have: most words begin like none. */
  readonly #lengths = new Map<string, number[]>()
  readonly #remembered = new Map<string, readonly Entry<T>[]>()

  add(pattern: string, value: T): void {
    const head = /^[a-z0-9]*/.exec(pattern)?.[0] ?? ''
    if (head === '') throw new Error(`the pattern ${pattern} begins with no letter or digit`)
    const list = this.#byHead.get(head) ?? []
    this.#byHead.set(head, list)
    list.push({ pattern, value })
    const start = head.slice(0, 2)
    const lengths = this.#lengths.get(start) ?? []
    if (!lengths.includes(head.length))
      this.#lengths.set(
        start,
        [...lengths, head.length].sort((a, b) => b - a),
      )
  }

  /** The most specific pattern that fits: the longest head, then the longest pattern. */
  find(word: string, accept: (value: T) => boolean = () => true): Entry<T> | null {
    return this.#fitting(word).find(({ value }) => accept(value)) ?? null
  }

  /** All that fit, the most specific first. */
  #fitting(word: string): readonly Entry<T>[] {
    const known = this.#remembered.get(word)
    if (known) return known
    const found: Entry<T>[] = []
    for (const start of [word.slice(0, 2), word.slice(0, 1)])
      for (const length of this.#lengths.get(start) ?? []) {
        if (length > word.length) continue
        const fitting = (this.#byHead.get(word.slice(0, length)) ?? []).filter(({ pattern }) =>
          fits(pattern, word),
        )
        found.push(...fitting.sort((a, b) => b.pattern.length - a.pattern.length))
      }
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(word, found)
    return found
  }
}
