/** Finds makers in free text: by the words that name them, and by the product lines that are theirs alone. */
import type { DeviceClass, MakerEntry } from '../maker/entry.ts'
import { patternOf } from '../maker/product-line.ts'
import { classInWords } from './class-word.ts'
import { headOf, PatternIndex } from './pattern.ts'
import { tokenize, type Token } from './token.ts'
import { Trie } from './trie.ts'

interface Product {
  maker: MakerEntry
  class: DeviceClass
  /** The texts in which the line names its maker alone: any, models only, or none. */
  certainIn: 'text' | 'model' | 'nothing'
}

export interface BrandHit {
  maker: MakerEntry
  /** Position of the word in the text. */
  at: number
  /** The words that said so. */
  text: string
}

export interface TextReading {
  brand: BrandHit | null
  /** A product line, its class and the word that names the model. */
  product: { maker: MakerEntry; class: DeviceClass; model: string; isCertain: boolean } | null
  /** What the words say of the class. */
  classWord: DeviceClass | null
}

/** A head of so many letters and digits together is no word of any language: `ds2cd`. */
const MIXED_HEAD = 4
/** Words of a language are seldom so long and a product's name: `thinkpad`. */
const LONG_HEAD = 8
/** So many letters, and so many digits behind them: `dir###`. */
const LETTERED_HEAD = 3
const DIGITS_BEHIND = 3
/** In a field that holds a model, less is enough. */
const MODEL_HEAD = 4
const MODEL_SHORT_HEAD = 3
const MODEL_LENGTH = 6

/** A text of so few words that begins with a model is a title: `DS-7616NI login`. */
const TITLE_LENGTH = 3

/** A line's name goes on until its number: `Archer C7`, `LaserJet Pro M404dn`. */
const WORDS_OF_MODEL = 3
const MAX_NUMBER = 12
/** Words behind which a number is a version. */
const VERSION = /^(?:v|ver|version|rev|revision|release|firmware|software|fw|sw|series|running|build|on)$/i

function modelAt(tokens: readonly Token[], next: number, raw: string): string {
  if (/[0-9]/.test(raw)) return raw
  const words = [raw]
  for (const { raw: word } of tokens.slice(next, next + WORDS_OF_MODEL)) {
    if (word.length > MAX_NUMBER || VERSION.test(word) || word.includes('.')) break
    words.push(word)
    if (/[0-9]/.test(word)) return words.join(' ')
  }
  return raw
}

/** Where a line names its maker without the maker's name beside it. */
function certaintyOf(pattern: string): Product['certainIn'] {
  const head = headOf(pattern)
  if (!/[a-z]/.test(head)) return 'nothing'
  const isMixed = /[0-9]/.test(head) && head.length >= MIXED_HEAD
  const isNumbered =
    head.length >= LETTERED_HEAD &&
    (/^[#@]*/.exec(pattern.slice(head.length))?.[0].length ?? 0) >= DIGITS_BEHIND
  if (isMixed || isNumbered || head.length >= LONG_HEAD) return 'text'
  const isLine =
    head.length >= MODEL_HEAD || (head.length >= MODEL_SHORT_HEAD && pattern.length >= MODEL_LENGTH)
  return isLine ? 'model' : 'nothing'
}

export class TextReader {
  readonly #words = new Trie<MakerEntry>()
  readonly #wordPatterns = new PatternIndex<MakerEntry>()
  readonly #patternStarts = new Set<string>()
  readonly #firstWords = new Map<string, MakerEntry>()
  readonly #products = new PatternIndex<Product>()

  /** @param makers those before others win where two claim one word */
  constructor(makers: readonly MakerEntry[]) {
    for (const maker of makers) this.#learn(maker)
  }

  /**
   * Reads a text that a device says of itself. The first name counts: what follows are parts, protocols and copyrights.
   * @param isModel whether the text is a model's name, so that short patterns count without the maker's name
   */
  read(text: string, isModel = false): TextReading {
    const tokens = tokenize(text)
    const brand = this.#findBrand(tokens)
    return {
      brand,
      product: this.#findProduct(tokens, brand?.maker ?? null, isModel),
      classWord: classInWords(tokens),
    }
  }

  /** The maker that a text names first, and nothing else of it. */
  brandIn(text: string): MakerEntry | null {
    return this.#findBrand(tokenize(text))?.maker ?? null
  }

  #learn(maker: MakerEntry): void {
    for (const word of maker.words) {
      const plain = word
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[^a-z0-9#*]+/g, '')
      const [start = '', ...rest] = word.toLowerCase().split(' ')
      if (rest.length > 0 && plain.includes('#')) this.#patternStarts.add(start)
      if (plain.includes('#')) this.#wordPatterns.add(plain.endsWith('*') ? plain : `${plain}*`, maker)
      else if (plain.endsWith('*')) this.#wordPatterns.add(plain, maker)
      else if (!this.#words.get(plain)) this.#words.set(plain, maker)
    }
    for (const word of maker.first) {
      const plain = word.toLowerCase().replace(/[^a-z0-9]+/g, '')
      if (!this.#firstWords.has(plain)) this.#firstWords.set(plain, maker)
    }
    for (const [named, lines] of Object.entries(maker.products))
      for (const line of lines ?? []) {
        const pattern = patternOf(line)
        this.#products.add(pattern, { maker, class: named, certainIn: certaintyOf(pattern) })
      }
  }

  #findBrand(tokens: readonly Token[]): BrandHit | null {
    const first = tokens[0]
    if (first) {
      const named = this.#firstWords.get(first.plain) ?? this.#firstWords.get(first.parts[0] ?? '')
      if (named && !this.#words.get(first.plain + (tokens[1]?.plain ?? '')))
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
    const found = this.#words.longest((place) => tokens[place]?.plain, at)
    const maker = this.#patternAt(tokens, at) ?? found?.value
    if (maker) {
      const said = tokens.slice(at, at + (found?.length ?? 1))
      return { maker, at, text: said.map(({ raw }) => raw).join(' ') }
    }
    const { parts, raw, plain } = tokens[at] as Token
    if (parts.length === 1 && parts[0] === plain) return null
    let prefix = ''
    for (const part of parts) {
      prefix += part
      const named = this.#words.get(part.length > 2 ? part : '') ?? this.#words.get(prefix)
      if (named) return { maker: named, at, text: raw }
    }
    return null
  }

  /** Words with digits that vary; those of several words where their first stands. */
  #patternAt(tokens: readonly Token[], at: number): MakerEntry | undefined {
    const first = tokens[at]?.plain ?? ''
    const alone = this.#wordPatterns.find(first)?.value
    if (alone || !this.#patternStarts.has(first)) return alone
    return this.#wordPatterns.find(first + (tokens[at + 1]?.plain ?? ''))?.value
  }

  #findProduct(tokens: readonly Token[], brand: MakerEntry | null, isModel: boolean): TextReading['product'] {
    let best: TextReading['product'] = null
    let bestScore = 0
    const consider = (word: string, raw: string, at: number, next: number) => {
      if (word.length < 2) return
      const own =
        brand === null
          ? null
          : this.#products.find(
              word,
              ({ maker }) =>
                maker === brand ||
                maker.of === brand.name ||
                brand.of === maker.name ||
                maker.soldAs.includes(brand.name),
            )
      const any = own ?? this.#products.find(word)
      if (!any) return
      const isOwn = own !== null
      const { certainIn } = any.value
      const isLike = isModel || (at === 0 && tokens.length <= TITLE_LENGTH)
      const sure = isOwn || certainIn === 'text' || (isLike && certainIn === 'model')
      if (!isOwn && brand !== null && any.value.maker !== brand) return
      if (!sure && !(isModel && at === 0)) return
      const score = (isOwn ? 100 : 0) + any.pattern.length - at * 0.5
      if (score <= bestScore) return
      bestScore = score
      const model = modelAt(tokens, next, raw)
      best = { maker: any.value.maker, class: any.value.class, model, isCertain: sure }
    }
    tokens.forEach(({ plain, raw, parts }, at) => {
      consider(plain, raw, at, at + 1)
      // A brand stands before its model in one word: `DLink-DIR-615`.
      if (parts.length > 1)
        consider(parts.slice(1).join(''), raw.slice(raw.search(/[^A-Za-z0-9]/) + 1), at + 0.5, at + 1)
      const next = tokens[at + 1]
      // Two words are one model only where a model is expected: `CPU 3` is none.
      if (next && plain.length < 12 && (isModel || brand !== null))
        consider(plain + next.plain, `${raw} ${next.raw}`, at + 0.2, at + 2)
    })
    return best
  }
}
