/** A reason in plain words: a sentence with holes and the facts that fill them, so that each language can say it. */

export interface Sentence {
  /** The words around the facts, as they stand in English. */
  readonly words: readonly string[]
  readonly facts: readonly (string | Sentence)[]
}

/** sentence`the MAC prefix ${prefix} is registered to ${name}` */
export const sentence = (
  words: TemplateStringsArray,
  ...facts: (string | number | Sentence)[]
): Sentence => ({
  words,
  facts: facts.map((fact) => (typeof fact === 'number' ? String(fact) : fact)),
})

/** The same words with the same facts. */
export const isSameSentence = (a: Sentence, b: Sentence): boolean =>
  a === b ||
  (a.words === b.words &&
    a.facts.length === b.facts.length &&
    a.facts.every((fact, at) => {
      const other = b.facts[at]
      return typeof fact === 'string' || typeof other === 'string' || other === undefined
        ? fact === other
        : isSameSentence(fact, other)
    }))

export function inEnglish({ words, facts }: Sentence): string {
  let text = words[0] ?? ''
  for (let at = 0; at < facts.length; at++) {
    const fact = facts[at] as string | Sentence
    text += (typeof fact === 'string' ? fact : inEnglish(fact)) + (words[at + 1] ?? '')
  }
  return text
}
