/** Rules about makers made part of the catalogue: what each adds, and what others therefore lose. */
import type { MakerRule } from '@ophav/shared'
import { maker, type MakerEntry, type MakerOptions, type Objects, type Products } from '../maker/entry.ts'
import { plainTokens } from '../maker/organisation.ts'
import { readProductLine } from '../maker/product-line.ts'

/** A new maker has no ownership but what the rules state: its country is unknown, never guessed. */
export function newMaker(name: string, rule: MakerRule): MakerEntry {
  const { of, role, organisations: org, words, first, enterprises: pen, products, objects, only } = rule
  const options = { of, role, org, words, first, pen, products, objects, only, ownership: [] }
  const stated = Object.entries(options).filter(([, value]) => value !== undefined)
  return maker(name, '', '', Object.fromEntries(stated) as MakerOptions)
}

/** What the rule says stands before what the catalogue says. */
export const amendMaker = (entry: MakerEntry, rule: MakerRule): MakerEntry => ({
  ...entry,
  organisations: [...(rule.organisations ?? []), ...entry.organisations],
  words: [...(rule.words ?? []), ...entry.words],
  first: [...(rule.first ?? []), ...entry.first],
  enterprises: [...(rule.enterprises ?? []), ...entry.enterprises],
  products: joinLists(rule.products ?? {}, entry.products),
  objects: joinLists(rule.objects ?? {}, entry.objects),
})

function joinLists(own: Products & Objects, shipped: Products & Objects): Products & Objects {
  const joined: Record<string, readonly string[]> = {}
  for (const named of new Set([...Object.keys(own), ...Object.keys(shipped)]))
    joined[named] = [...(own[named] ?? []), ...(shipped[named] ?? [])]
  return joined
}

/** As the reader of texts compares words. */
export const plainWord = (word: string): string =>
  word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9#*]+/g, '')

const plainName = (name: string): string => plainTokens(name).join(' ')
/** The pattern of a line, whoever's it is. */
const plainLine = (line: string): string => readProductLine({} as MakerEntry, '', line).pattern

/** What own rules give away, in the form in which it is compared, with the one maker that has it now. */
export class Given {
  readonly #words = new Map<string, string>()
  readonly #organisations = new Map<string, string>()
  readonly #subtrees = new Map<string, string>()
  readonly #lines = new Map<string, string>()

  /** @param entry with the rule applied: a new maker's own name is given to it as well */
  give(entry: MakerEntry, rule: MakerRule): void {
    const { name } = entry
    const isNew = rule.name !== undefined
    const put = (map: Map<string, string>, keys: readonly (string | number)[]) =>
      keys.forEach((key) => map.set(String(key), name))
    put(this.#words, (isNew ? entry.words : (rule.words ?? [])).map(plainWord))
    put(this.#words, (rule.first ?? []).map(plainWord))
    put(this.#organisations, (isNew ? entry.organisations : (rule.organisations ?? [])).map(plainName))
    put(this.#subtrees, rule.enterprises ?? [])
    put(this.#subtrees, Object.values(rule.objects ?? {}).flat())
    put(
      this.#lines,
      Object.values(rule.products ?? {})
        .flat()
        .map(plainLine),
    )
  }

  /** A word that is nobody's any more. */
  silence(word: string): void {
    this.#words.set(plainWord(word), '')
  }

  /** A maker without what others have now; the very same entry where nothing was taken. */
  takeFrom(entry: MakerEntry): MakerEntry {
    const isGone = (map: ReadonlyMap<string, string>, key: string) =>
      (map.get(key) ?? entry.name) !== entry.name
    const isWordGone = (word: string) => isGone(this.#words, plainWord(word))
    const left: MakerEntry = {
      ...entry,
      words: without(entry.words, isWordGone),
      first: without(entry.first, isWordGone),
      organisations: without(entry.organisations, (name) => isGone(this.#organisations, plainName(name))),
      enterprises: without(entry.enterprises, (number) => isGone(this.#subtrees, String(number))),
      objects: withoutByClass(entry.objects, (subtree) => isGone(this.#subtrees, subtree)),
      products: withoutByClass(entry.products, (line) => isGone(this.#lines, plainLine(line))),
    }
    const isSame = (Object.keys(left) as (keyof MakerEntry)[]).every((key) => left[key] === entry[key])
    return isSame ? entry : left
  }
}

const without = <Key>(list: readonly Key[], isGone: (key: Key) => boolean): readonly Key[] =>
  list.some(isGone) ? list.filter((key) => !isGone(key)) : list

const withoutByClass = <Lists extends Products | Objects>(
  lists: Lists,
  isGone: (key: string) => boolean,
): Lists =>
  Object.values(lists).some((list) => list?.some(isGone))
    ? (Object.fromEntries(
        Object.entries(lists).map(([named, list]) => [named, without(list ?? [], isGone)]),
      ) as Lists)
    : lists
