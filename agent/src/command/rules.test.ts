/** Tests of `--rules`: what the file says is concluded, and a file that does not work is told and not used. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { explainText } from './explain.ts'
import { knowledgeFor } from './rules.ts'

let directory = ''
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'ophav-rules-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const file = (text: string): string => {
  const path = join(directory, 'rules.yaml')
  writeFileSync(path, `format: ophav.rules/1\n${text}`)
  return path
}

test('an explanation with rules says which part of it is theirs', () => {
  const rules = file("prefixes: [{prefix: '44:19:b6', maker: Axis}]")
  const text = explainText('44:19:b6:00:00:01', { knowledge: knowledgeFor({ rules }) })
  expect(text).toMatch(/^maker +Axis, confidence/m)
  expect(text).toContain('own rule: ')
  expect(text).toMatch(/^withheld /m)
  expect(explainText('44:19:b6:00:00:01')).not.toContain('own rule')
})

test('faults are told with place and line, and nothing is used', () => {
  const said: string[] = []
  const rules = file('silence:\n  - word: nosuchword\n')
  expect(() => knowledgeFor({ rules }, (line) => said.push(line))).toThrow(/rule\.invalid/)
  expect(said).toEqual([expect.stringMatching(/^silence\[0\]\.word \(line 3\): .*\[rule\.without-effect\]$/)])
})

test('rules that change shipped examples are used only where that was accepted', () => {
  const said: string[] = []
  const rules = file('makers: [{amend: Axis, enterprises: [39165]}]')
  expect(() => knowledgeFor({ rules }, (line) => said.push(line))).toThrow(/rule\.changes-shipped/)
  expect(said.join('\n')).toContain('"1.3.6.1.4.1.39165" was Hikvision and is Axis')
  expect(
    explainText('1.3.6.1.4.1.39165.1', { knowledge: knowledgeFor({ rules, acceptChanges: true }) }),
  ).toMatch(/^maker +Axis, confidence/m)
})

test('a file that is not there, or never ends, is told', () => {
  expect(() => knowledgeFor({ rules: join(directory, 'absent') })).toThrow(/rule\.file-unreadable/)
  expect(() => knowledgeFor({ rules: '/dev/zero' }, () => {})).toThrow(/rule\.invalid/)
})
