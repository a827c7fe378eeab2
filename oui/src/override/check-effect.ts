/** Whether each own rule does what it says, once all of them are in force: no word, number or example without effect. */
import type { MakerRule, Override } from '@ophav/shared'
import type { FingerprintData } from '../fingerprint/fingerprint.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { readProductLine } from '../maker/product-line.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { plainWord } from './amend.ts'
import { ProblemList } from './problem-list.ts'

/** @param knowledge with the rules */
export function checkEffect(override: Override, knowledge: Knowledge, shipped: Knowledge): ProblemList {
  const list = new ProblemList()
  const { makers = [], fingerprints = [], silence = [] } = override
  const silentWords = new Set(silence.flatMap(({ word }) => (word === undefined ? [] : [plainWord(word)])))
  makers.forEach((rule, index) => {
    const entry = knowledge.findMaker(rule.name ?? rule.amend ?? '')
    if (entry) checkMaker(list, rule, entry, `makers[${index}]`, knowledge, silentWords)
  })
  fingerprints.forEach((rule, index) =>
    checkFingerprint(list, rule as FingerprintData, `fingerprints[${index}]`, knowledge),
  )
  silence.forEach(({ word }, index) => {
    if (word === undefined) return
    const isKnown = shipped.makers.some(({ words, first }) =>
      [...words, ...first].some((known) => plainWord(known) === plainWord(word)),
    )
    if (!isKnown) list.add('rule.without-effect', `silence[${index}].word`, { given: word })
  })
  return list
}

function checkMaker(
  list: ProblemList,
  rule: MakerRule,
  entry: MakerEntry,
  place: string,
  knowledge: Knowledge,
  silentWords: ReadonlySet<string>,
): void {
  const { words = [], first = [], organisations = [], enterprises = [], objects = {}, products = {} } = rule
  const brandOf = (text: string, isModel = false) => knowledge.reader.read(text, isModel).brand?.maker.name
  const expect = (found: string | undefined, at: string, given: string | number) => {
    if (found !== entry.name)
      list.add('rule.without-effect', `${place}.${at}`, { given, read: found ?? null })
  }
  if (rule.name !== undefined) expect(knowledge.organisation(rule.name)?.entry?.name, 'name', rule.name)
  words.forEach((word, at) => {
    if (silentWords.has(plainWord(word)))
      list.add('rule.doubled', `${place}.words[${at}]`, { first: 'silence' })
    else expect(brandOf(word.replaceAll('#', '5').replace('*', '')), `words[${at}]`, word)
  })
  first.forEach((word, at) => expect(brandOf(word), `first[${at}]`, word))
  organisations.forEach((name, at) =>
    expect(knowledge.organisation(name)?.entry?.name, `organisations[${at}]`, name),
  )
  const makerOfObject = (object: string) => {
    const meaning = knowledge.objects.find(object)
    return meaning === null || meaning === 'software' ? undefined : meaning.maker.name
  }
  enterprises.forEach((number, at) => expect(makerOfObject(String(number)), `enterprises[${at}]`, number))
  for (const [named, subtrees] of Object.entries(objects))
    subtrees.forEach((subtree, at) => expect(makerOfObject(subtree), `objects.${named}[${at}]`, subtree))
  for (const [named, lines] of Object.entries(products))
    lines.forEach((line, at) => {
      for (const example of readProductLine(entry, named, line).examples)
        checkExample(list, { entry, named, example, place: `${place}.products.${named}[${at}]` }, knowledge)
    })
}

interface LineExample {
  entry: MakerEntry
  named: string
  example: string
  place: string
}

/** As in the catalogue: read as its class behind the maker's name, and not as another maker's where it stands alone. */
function checkExample(
  list: ProblemList,
  { entry, named, example, place }: LineExample,
  knowledge: Knowledge,
): void {
  const name = entry.words[0] ?? entry.first[0] ?? entry.name
  const read = knowledge.reader.read(`${name.replace('*', '').replaceAll('#', '5')} ${example}`, true).product
  if (read?.maker.name !== entry.name || read.class !== named)
    return list.add('rule.example-stolen', place, {
      example,
      read: read ? `${read.maker.name} ${read.class}` : null,
    })
  const alone = knowledge.reader.read(example, true).product?.maker
  if (alone && knowledge.makerOfBrand(alone) !== knowledge.makerOfBrand(entry))
    list.add('rule.example-stolen', place, { example, read: `${alone.name}, where it stands alone` })
}

function checkFingerprint(
  list: ProblemList,
  data: FingerprintData,
  place: string,
  knowledge: Knowledge,
): void {
  for (const kind of typeof data.kind === 'string' ? [data.kind] : data.kind)
    data.examples.forEach(({ text }, at) => {
      const found = knowledge.fingerprints.find(kind, text)?.fingerprint.match
      if (found !== data.match)
        list.add('rule.example-stolen', `${place}.examples[${at}]`, { example: text, read: found ?? null })
    })
}
