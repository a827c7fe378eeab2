import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { DANISH, inDanish } from './danish.ts'
import { inEnglish, isSameSentence, sentence } from './sentence.ts'

const SOURCE = fileURLToPath(new URL('../', import.meta.url))

/** The words of every sentence in the package's sources. */
const used = new Set(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('reason'))
    .flatMap((file) => [...readFileSync(`${SOURCE}${file}`, 'utf8').matchAll(/sentence`([^`]*)`/g)])
    .map((match) => (match[1] ?? '').replace(/\$\{[^}]*\}/g, '{}')),
)

test('every reason can be said in Danish, with all its facts', () => {
  expect([...used].filter((words) => DANISH[words] === undefined)).toEqual([])
  const lacking = Object.entries(DANISH).filter(
    ([words, danish]) => words.split('{}').length !== danish.split(/\{\d\}/).length,
  )
  expect(lacking).toEqual([])
})

test('no Danish sentence is without use', () => {
  expect(Object.keys(DANISH).filter((words) => !used.has(words))).toEqual([])
})

test('a sentence says its facts in both languages, those inside others too', () => {
  const inner = sentence`the MAC prefix ${'3c:fd:fe/24'} is registered to ${'Intel'}`
  const outer = sentence`${inner}, which makes parts or builds for others`
  expect(inEnglish(outer)).toBe(
    'the MAC prefix 3c:fd:fe/24 is registered to Intel, which makes parts or builds for others',
  )
  expect(inDanish(outer)).toBe(
    'MAC-præfikset 3c:fd:fe/24 er registreret til Intel, som laver dele eller bygger for andre',
  )
  const hostile = sentence`the host is called "${'{0} {1} `${x}`'}"`
  expect(inDanish(hostile)).toBe('værten hedder "{0} {1} `${x}`"')
})

test('sentences are the same where words and facts are', () => {
  const of = (name: string) => sentence`the host is called "${name}"`
  expect([isSameSentence(of('a'), of('a')), isSameSentence(of('a'), of('b'))]).toEqual([true, false])
})
