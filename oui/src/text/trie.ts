/** Words of small letters and digits in a tree by their characters: a text's words walk it, and most leave it at once. */

const NONE = -1

/** Node 0 is the root. Children of a node are a list: its first child, and the next of each. */
export class Trie<T> {
  readonly #code: number[] = [NONE]
  readonly #firstChild: number[] = [NONE]
  readonly #next: number[] = [NONE]
  readonly #values: (T | undefined)[] = [undefined]

  get(word: string): T | undefined {
    const node = this.#walk(0, word)
    return node === NONE ? undefined : this.#values[node]
  }

  set(word: string, value: T): void {
    let node = 0
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at)
      if (!isLetterOrDigit(code))
        throw new Error(`the word ${word} has other characters than letters and digits`)
      const child = this.#child(node, code)
      node = child === NONE ? this.#grow(node, code) : child
    }
    this.#values[node] = value
  }

  /**
   * Joins words from a place as long as the tree goes on, and remembers the longest that ends with a word.
   * @param wordAt the word at a place, undefined behind the last
   * @returns the value, and how many words it took; null where none fits
   */
  longest(wordAt: (at: number) => string | undefined, from: number): { value: T; length: number } | null {
    let node = 0
    let best: T | undefined
    let length = 0
    for (let at = from; node !== NONE; at++) {
      const word = wordAt(at)
      if (word === undefined) break
      node = this.#walk(node, word)
      const value = node === NONE ? undefined : this.#values[node]
      if (value === undefined) continue
      best = value
      length = at - from + 1
    }
    return best === undefined ? null : { value: best, length }
  }

  /** The values on the way along a word, the shortest first. */
  along(word: string): T[] {
    const values: T[] = []
    let node = 0
    for (let at = 0; node !== NONE; at++) {
      const value = this.#values[node]
      if (value !== undefined) values.push(value)
      node = at < word.length ? this.#child(node, word.charCodeAt(at)) : NONE
    }
    return values
  }

  #walk(from: number, word: string): number {
    let node = from
    for (let at = 0; node !== NONE && at < word.length; at++) node = this.#child(node, word.charCodeAt(at))
    return node
  }

  #child(node: number, code: number): number {
    let child = this.#firstChild[node] as number
    while (child !== NONE && this.#code[child] !== code) child = this.#next[child] as number
    return child
  }

  #grow(node: number, code: number): number {
    const child = this.#code.length
    this.#code.push(code)
    this.#firstChild.push(NONE)
    this.#next.push(this.#firstChild[node] as number)
    this.#values.push(undefined)
    this.#firstChild[node] = child
    return child
  }
}

const isLetterOrDigit = (code: number): boolean =>
  (code >= 97 && code <= 122) /* a to z */ || (code >= 48 && code <= 57) /* 0 to 9 */
