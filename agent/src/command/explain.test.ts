import { expect, test } from 'vitest'
import { explainText } from './explain.ts'
import { staleKnowledge } from './knowledge-age.ts'

test('an explanation shows claims with weights, the conclusion, where the maker is from, and how old that is', () => {
  const text = explainText('44:19:b6:00:00:01')
  expect(text).toMatch(/^Read as mac\.$/m)
  expect(text).toMatch(
    /^maker +Hikvision +0\.68 +4 +the MAC prefix 44:19:b6\/24 is registered to Hangzhou Hikvision/m,
  )
  expect(text).toMatch(/^maker +Hikvision, confidence 0\.9\d*$/m)
  expect(text).toMatch(/^origin +CN, Chinese$/m)
  expect(text).toMatch(/^flags +NDAA 889, FCC Covered List$/m)
  expect(text).toMatch(/^Knowledge: ownership of \d{4}-\d{2}-\d{2}, prefixes of /m)
})

test('what names nobody says why', () => {
  expect(explainText('02:42:ac:11:00:02')).toMatch(/made up by a network or a system/)
  expect(explainText('02:42:ac:11:00:02')).toMatch(/^maker +unknown$/m)
  expect(explainText('')).toContain('This says nothing about a maker.')
})

test('ownership is asked as of a day', () => {
  expect(explainText('Lorex Technology', { asOf: new Date('2020-06-01') })).toMatch(/^origin +CN, Chinese$/m)
  expect(explainText('Lorex Technology', { asOf: new Date('2025-06-01') })).toMatch(
    /^origin +TW, not Chinese$/m,
  )
})

test('hostile text cannot speak to the terminal', () => {
  expect(explainText('AXIS \u001b[2J\u0007 P1')).not.toMatch(/\u001b|\u0007/)
})

test('knowledge older than a year is said to be old, newer is not', () => {
  expect(staleKnowledge(new Date('2026-11-24'))).toBeNull()
  expect(staleKnowledge(new Date('2099-01-01'))).toContain('older than a year')
})
