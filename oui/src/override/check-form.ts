/** Whether own rules can be read at all: names that exist, lines with examples, prefixes, periods, nothing said twice. */
import type { MakerRule, Override, OwnershipRule, SilenceRule } from '@ophav/shared'
import { OphavError } from '@ophav/shared/value'
import { readFingerprint, type FingerprintData } from '../fingerprint/fingerprint.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { plainTokens } from '../maker/organisation.ts'
import { readProductLine } from '../maker/product-line.ts'
import { fits } from '../text/pattern.ts'
import { plainWord } from './amend.ts'
import { isAssignable, parsePrefix } from './prefix-table.ts'
import { ProblemList } from './problem-list.ts'

/** Arcs below `1.3.6.1.4.1`. */
const SUBTREE = /^\d{1,10}(\.\d{1,10}){0,30}$/

/** A digit or letter, then what `fits` reads. */
const PATTERN = /^[a-z0-9][a-z0-9#@]*\*?$/

export const plainModel = (model: string): string => model.toLowerCase().replace(/[^a-z0-9]+/g, '')

/** @param shipped the catalogue's makers */
export function checkForm(override: Override, shipped: readonly MakerEntry[]): ProblemList {
  const list = new ProblemList()
  const catalogue = new Map(shipped.map((entry) => [entry.name, entry]))
  const { makers = [], prefixes = [], ownership = [], fingerprints = [], silence = [] } = override
  const known = new Set([...catalogue.keys(), ...makers.flatMap(({ name }) => name ?? [])])
  const named = (name: string | undefined, place: string) => {
    if (name !== undefined && !known.has(name)) list.add('rule.maker-unknown', place, { given: name })
  }
  const seenMakers = new Map<string, string>()
  const seenPrefixes = new Map<string, string>()
  const seenOwners = new Map<string, string>()
  makers.forEach((rule, index) => {
    const place = `makers[${index}]`
    checkMaker(list, rule, place, catalogue)
    named(rule.of, `${place}.of`)
    list.once(seenMakers, rule.name ?? rule.amend ?? '', place)
  })
  prefixes.forEach(({ prefix, maker }, index) => {
    checkPrefix(list, prefix, `prefixes[${index}].prefix`, seenPrefixes)
    named(maker, `prefixes[${index}].maker`)
  })
  ownership.forEach((rule, index) => {
    const place = `ownership[${index}]`
    named(rule.maker, `${place}.maker`)
    list.once(seenOwners, rule.maker, place)
    checkPeriods(list, rule.periods, `${place}.periods`)
  })
  fingerprints.forEach((rule, index) => {
    const place = `fingerprints[${index}]`
    named(rule.maker, `${place}.maker`)
    named(rule.brand, `${place}.brand`)
    checkFingerprint(list, rule as FingerprintData, place)
  })
  silence.forEach((rule, index) => {
    checkSilence(list, rule, `silence[${index}]`, seenPrefixes)
    named(rule.maker, `silence[${index}].maker`)
  })
  return list
}

function checkMaker(
  list: ProblemList,
  rule: MakerRule,
  place: string,
  catalogue: ReadonlyMap<string, MakerEntry>,
): void {
  const {
    name,
    amend,
    of,
    role,
    only,
    products = {},
    objects = {},
    words = [],
    first = [],
    organisations = [],
  } = rule
  if ((name === undefined) === (amend === undefined))
    return list.add('rule.form-invalid', place, { problem: 'a maker has either `name` or `amend`' })
  if (name !== undefined && catalogue.has(name))
    list.add('rule.maker-exists', `${place}.name`, { given: name })
  if (amend !== undefined && !catalogue.has(amend))
    list.add('rule.maker-unknown', `${place}.amend`, { given: amend })
  if (amend !== undefined && (of ?? role ?? only) !== undefined)
    list.add('rule.form-invalid', place, { problem: '`of`, `role` and `only` are for new makers' })
  if (name !== undefined && of === name)
    list.add('rule.form-invalid', `${place}.of`, { problem: 'a maker is not counted under itself' })
  words.forEach((word, at) => {
    if (!/^[a-z0-9][a-z0-9#]*\*?$/.test(plainWord(word)))
      list.add('rule.form-invalid', `${place}.words[${at}]`, { given: word })
  })
  first.forEach((word, at) => {
    if (!/^[a-z0-9]+$/.test(plainWord(word)))
      list.add('rule.form-invalid', `${place}.first[${at}]`, { given: word })
  })
  const names = name === undefined ? organisations : [name, ...organisations]
  names.forEach((text) => {
    if (plainTokens(text).length === 0) list.add('rule.form-invalid', place, { given: text })
  })
  for (const [named, subtrees] of Object.entries(objects))
    subtrees.forEach((subtree, at) => {
      if (!SUBTREE.test(subtree))
        list.add('rule.form-invalid', `${place}.objects.${named}[${at}]`, { given: subtree })
    })
  for (const [named, lines] of Object.entries(products))
    lines.forEach((line, at) => checkLine(list, line, `${place}.products.${named}[${at}]`))
}

function checkLine(list: ProblemList, line: string, place: string): void {
  const written = line.split(' = ', 1)[0]?.trim() ?? ''
  const { pattern, examples } = readProductLine({} as MakerEntry, '', line)
  // What would be dropped in silence (capitals, blanks) is said instead.
  if (!PATTERN.test(pattern) || pattern.replace('*', '').length < 2 || written !== pattern)
    return list.add('rule.form-invalid', place, {
      given: written,
      problem: 'a pattern is small letters and digits, # for a digit, @ for a letter, * at its end',
    })
  if (examples.length === 0) list.add('rule.example-missing', place, { pattern })
  for (const example of examples)
    if (!fits(pattern, plainModel(example))) list.add('rule.example-fails', place, { pattern, example })
}

function checkPrefix(list: ProblemList, text: string, place: string, seen: Map<string, string>): void {
  const digits = parsePrefix(text)
  if (digits === null)
    return list.add('rule.form-invalid', place, { given: text, problem: '6, 7 or 9 hex digits, in quotes' })
  if (!isAssignable(digits))
    return list.add('rule.form-invalid', place, {
      given: text,
      problem: 'locally administered: nobody made it',
    })
  return list.once(seen, digits, place)
}

function checkPeriods(list: ProblemList, periods: OwnershipRule['periods'], place: string): void {
  const order = periods
    .map((period, index) => ({ ...period, index }))
    .sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))
  order.forEach(({ from, until, checked, index }, at) => {
    const at0 = `${place}[${index}]`
    for (const day of [from, until, checked])
      if (day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
        list.add('rule.form-invalid', at0, { given: day, problem: 'no such day' })
    if ((from !== undefined && until !== undefined && from >= until) || until !== order[at + 1]?.from)
      list.add('rule.ownership-broken', at0, { from: from ?? null, until: until ?? null })
  })
}

function checkFingerprint(list: ProblemList, data: FingerprintData, place: string): void {
  if (data.examples.length === 0) return list.add('rule.example-missing', place, { match: data.match })
  try {
    readFingerprint(data)
  } catch (error) {
    if (!(error instanceof OphavError)) throw error
    const problem = String(error.detail['problem'] ?? '')
    list.add(/example/.test(problem) ? 'rule.example-fails' : 'rule.form-invalid', place, { problem })
  }
}

function checkSilence(
  list: ProblemList,
  { maker, word, prefix }: SilenceRule,
  place: string,
  seenPrefixes: Map<string, string>,
): void {
  if ([maker, word, prefix].filter((one) => one !== undefined).length !== 1)
    return list.add('rule.form-invalid', place, { problem: 'one of `maker`, `word` and `prefix`' })
  if (prefix !== undefined) checkPrefix(list, prefix, `${place}.prefix`, seenPrefixes)
}
