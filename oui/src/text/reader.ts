/** Finds makers in free text: by the words that name them, and by the product lines that are theirs alone. */
import type { DeviceClass, MakerEntry } from '../maker/entry.ts'
import { productLinesOf } from '../maker/product-line.ts'
import { classInWords } from './class-word.ts'
import { PatternIndex, tokenize, type Token } from './token.ts'

interface Product {
  maker: MakerEntry
  class: DeviceClass
}

export interface BrandHit {
  maker: MakerEntry
  /** Position of the word in the text. */
  at: number
  /** The words that said so. */
  text: string
}

export interface TextReading {
  tokens: Token[]
  brand: BrandHit | null
  /** A product line, its class and the word that names the model. */
  product: { maker: MakerEntry; class: DeviceClass; model: string; isCertain: boolean } | null
  /** What the words say of the class. */
  classWord: DeviceClass | null
}

/** A pattern that begins with so many letters and digits names its line without the maker beside it. */
const CERTAIN_HEAD = 4

const headLength = (pattern: string): number => /^[a-z0-9]*/.exec(pattern)?.[0].length ?? 0
const isLettered = (pattern: string): boolean => /[a-z]/.test(/^[a-z0-9]*/.exec(pattern)?.[0] ?? '')

/** Devices of one model and firmware say the same; a hundred thousand are read as quickly as a hundred. */
const MAX_REMEMBERED = 4_096
const MAX_REMEMBERED_LENGTH = 400

export class TextReader {
  readonly #words = new Map<string, MakerEntry>()
  readonly #wordPatterns = new PatternIndex<MakerEntry>()
  readonly #firstWords = new Map<string, MakerEntry>()
  readonly #products = new PatternIndex<Product>()
  readonly #remembered = new Map<string, TextReading>()
  #longestPhrase = 1

  /** @param makers those before others win where two claim one word */
  constructor(makers: readonly MakerEntry[]) {
    for (const maker of makers) this.#learn(maker)
  }

  /**
   * Reads a text that a device says of itself. The first name counts: what follows are parts, protocols and copyrights.
   * @param isModel whether the text is a model's name, so that short patterns count without the maker's name
   */
  read(text: string, isModel = false): TextReading {
    if (text.length > MAX_REMEMBERED_LENGTH) return this.#read(text, isModel)
    const key = isModel ? `m${text}` : `t${text}`
    const known = this.#remembered.get(key)
    if (known) return known
    const reading = this.#read(text, isModel)
    if (this.#remembered.size >= MAX_REMEMBERED) this.#remembered.clear()
    this.#remembered.set(key, reading)
    return reading
  }

  #learn(maker: MakerEntry): void {
    for (const word of maker.words) {
      const tokens = tokenize(word.replaceAll('#', '0'))
      this.#longestPhrase = Math.max(this.#longestPhrase, tokens.length)
      const plain = word
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[^a-z0-9#*]+/g, '')
      if (plain.includes('#')) this.#wordPatterns.add(plain.endsWith('*') ? plain : `${plain}*`, maker)
      else if (plain.endsWith('*')) this.#wordPatterns.add(plain, maker)
      else if (!this.#words.has(plain)) this.#words.set(plain, maker)
    }
    for (const word of maker.first) {
      const plain = word.toLowerCase().replace(/[^a-z0-9]+/g, '')
      if (!this.#firstWords.has(plain)) this.#firstWords.set(plain, maker)
    }
    for (const { pattern, class: named } of productLinesOf(maker))
      this.#products.add(pattern, { maker, class: named })
  }

  #read(text: string, isModel: boolean): TextReading {
    const tokens = tokenize(text)
    const brand = this.#findBrand(tokens)
    return {
      tokens,
      brand,
      product: this.#findProduct(tokens, brand?.maker ?? null, isModel),
      classWord: classInWords(tokens),
    }
  }

  #findBrand(tokens: readonly Token[]): BrandHit | null {
    const first = tokens[0]
    if (first) {
      const named = this.#firstWords.get(first.plain) ?? this.#firstWords.get(first.parts[0] ?? '')
      if (named && !this.#words.has(first.plain + (tokens[1]?.plain ?? '')))
        return { maker: named, at: 0, text: first.raw }
    }
    for (let at = 0; at < tokens.length; at++) {
      const found = this.#phraseAt(tokens, at)
      if (found) return found
    }
    return null
  }

  /** Phrases of several words, then one word, then the parts of a word from its left. */
  #phraseAt(tokens: readonly Token[], at: number): BrandHit | null {
    let joined = ''
    let text = ''
    let found: BrandHit | null = null
    for (let length = 0; length < this.#longestPhrase && at + length < tokens.length; length++) {
      const token = tokens[at + length] as Token
      joined += token.plain
      text += `${length > 0 ? ' ' : ''}${token.raw}`
      const maker =
        this.#words.get(joined) ??
        (length > 0 || joined.length < 40 ? this.#wordPatterns.find(joined)?.value : undefined)
      if (maker) found = { maker, at, text }
    }
    if (found) return found
    const { parts, raw } = tokens[at] as Token
    if (parts.length < 2) return null
    let prefix = ''
    for (const part of parts) {
      prefix += part
      const maker = this.#words.get(part.length > 2 ? part : '') ?? this.#words.get(prefix)
      if (maker) return { maker, at, text: raw }
    }
    return null
  }

  #findProduct(tokens: readonly Token[], brand: MakerEntry | null, isModel: boolean): TextReading['product'] {
    let best: TextReading['product'] = null
    let bestScore = 0
    const consider = (word: string, raw: string, at: number) => {
      if (word.length < 2) return
      const own =
        brand === null
          ? null
          : this.#products.find(
              word,
              ({ maker }) => maker === brand || maker.of === brand.name || brand.of === maker.name,
            )
      const any = own ?? this.#products.find(word)
      if (!any) return
      const head = headLength(any.pattern)
      const isOwn = own !== null
      const isCertain =
        isOwn ||
        (head >= CERTAIN_HEAD && isLettered(any.pattern)) ||
        (any.pattern.length >= 6 && isLettered(any.pattern) && head >= 3)
      if (!isOwn && brand !== null && any.value.maker !== brand) return
      if (!isCertain && !(isModel && at === 0)) return
      const score = (isOwn ? 100 : 0) + any.pattern.length - at * 0.5
      if (score <= bestScore) return
      bestScore = score
      best = { ...any.value, model: raw, isCertain }
    }
    tokens.forEach(({ plain, raw, parts }, at) => {
      consider(plain, raw, at)
      // A brand stands before its model in one word: `DLink-DIR-615`.
      if (parts.length > 1)
        consider(parts.slice(1).join(''), raw.slice(raw.search(/[^A-Za-z0-9]/) + 1), at + 0.5)
      const next = tokens[at + 1]
      if (next && plain.length < 12) consider(plain + next.plain, `${raw} ${next.raw}`, at + 0.2)
    })
    return best
  }
}
