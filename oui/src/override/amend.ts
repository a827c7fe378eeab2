/** One rule about a maker made part of the catalogue: what it adds, and what others must no longer claim. */
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
const plainLine = (entry: MakerEntry, line: string): string => readProductLine(entry, '', line).pattern

/** Everything that own rules give to one maker, in the form in which it is compared. */
export interface Claimed {
  words: ReadonlySet<string>
  organisations: ReadonlySet<string>
  subtrees: ReadonlySet<string>
  lines: ReadonlySet<string>
}

export function claimedBy(entry: MakerEntry, rule: MakerRule): Claimed {
  const given =
    rule.name === undefined ? rule : { ...rule, words: entry.words, organisations: entry.organisations }
  return {
    words: new Set([...(given.words ?? []), ...(given.first ?? [])].map(plainWord)),
    organisations: new Set((given.organisations ?? []).map(plainName)),
    subtrees: new Set([
      ...(given.enterprises ?? []).map(String),
      ...Object.values(given.objects ?? {}).flatMap((subtrees) => subtrees ?? []),
    ]),
    lines: new Set(
      Object.values(given.products ?? {}).flatMap((lines) =>
        (lines ?? []).map((line) => plainLine(entry, line)),
      ),
    ),
  }
}

/** Another maker without what was given away; the very same entry where nothing was. */
export function yieldTo(entry: MakerEntry, { words, organisations, subtrees, lines }: Claimed): MakerEntry {
  const keeps = <Key extends string | number>(list: readonly Key[], gone: (key: Key) => boolean) =>
    list.some(gone) ? list.filter((key) => !gone(key)) : list
  const keepsByClass = <Lists extends Products | Objects>(
    lists: Lists,
    gone: (key: string) => boolean,
  ): Lists =>
    Object.values(lists).some((list) => list?.some(gone))
      ? (Object.fromEntries(
          Object.entries(lists).map(([named, list]) => [named, keeps(list ?? [], gone)]),
        ) as Lists)
      : lists
  const left: MakerEntry = {
    ...entry,
    words: keeps(entry.words, (word) => words.has(plainWord(word))),
    first: keeps(entry.first, (word) => words.has(plainWord(word))),
    organisations: keeps(entry.organisations, (name) => organisations.has(plainName(name))),
    enterprises: keeps(entry.enterprises, (number) => subtrees.has(String(number))),
    objects: keepsByClass(entry.objects, (subtree) => subtrees.has(subtree)),
    products: keepsByClass(entry.products, (line) => lines.has(plainLine(entry, line))),
  }
  const same = (Object.keys(left) as (keyof MakerEntry)[]).every((key) => left[key] === entry[key])
  return same ? entry : left
}
