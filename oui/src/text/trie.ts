/** Words of small letters and digits in a tree by their characters: a text's words walk it, and most leave it at once. */

interface Node<T> {
  /** By character, 0 to 9 and a to z; made when the first child comes. */
  next: (Node<T> | undefined)[] | null
  value: T | undefined
}

const CHARACTERS = 36

/** @returns the child's place, -1 for a character that no word has */
const placeOf = (code: number): number =>
  code >= 97 && code <= 122 ? code - 87 : code >= 48 && code <= 57 ? code - 48 : -1

const emptyNode = <T>(): Node<T> => ({ next: null, value: undefined })

export class Trie<T> {
  readonly #root = emptyNode<T>()

  get(word: string): T | undefined {
    return this.#walk(this.#root, word)?.value
  }

  set(word: string, value: T): void {
    let node = this.#root
    for (let at = 0; at < word.length; at++) {
      const place = placeOf(word.charCodeAt(at))
      if (place < 0) throw new Error(`the word ${word} has other characters than letters and digits`)
      const next = (node.next ??= Array<Node<T> | undefined>(CHARACTERS).fill(undefined))
      node = next[place] ??= emptyNode<T>()
    }
    node.value = value
  }

  /**
   * Joins words from a place as long as the tree goes on, and remembers the longest that ends with a word.
   * @param wordAt the word at a place, undefined behind the last
   * @returns the value, and how many words it took; null where none fits
   */
  longest(wordAt: (at: number) => string | undefined, from: number): { value: T; length: number } | null {
    let node: Node<T> | undefined = this.#root
    let best: T | undefined
    let length = 0
    for (let at = from; node; at++) {
      const word = wordAt(at)
      if (word === undefined) break
      node = this.#walk(node, word)
      if (node?.value === undefined) continue
      best = node.value
      length = at - from + 1
    }
    return best === undefined ? null : { value: best, length }
  }

  /** The values on the way along a word, the shortest first. */
  along(word: string): T[] {
    const values: T[] = []
    let node: Node<T> | undefined = this.#root
    for (let at = 0; node && at <= word.length; at++) {
      if (node.value !== undefined) values.push(node.value)
      const place: number = at < word.length ? placeOf(word.charCodeAt(at)) : -1
      node = place < 0 ? undefined : node.next?.[place]
    }
    return values
  }

  #walk(from: Node<T>, word: string): Node<T> | undefined {
    let node: Node<T> | undefined = from
    for (let at = 0; node && at < word.length; at++) {
      const place: number = placeOf(word.charCodeAt(at))
      node = place < 0 ? undefined : node.next?.[place]
    }
    return node
  }
}
