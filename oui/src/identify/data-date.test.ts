import { expect, test } from 'vitest'
import { dataDates } from './data-date.ts'

const staleOn = (day: string) =>
  dataDates(new Date(day))
    .filter(({ isStale }) => isStale)
    .map(({ what }) => what)

test('knowledge carries its day and its source, and is old after a year', () => {
  const dates = dataDates(new Date())
  expect(dates.map(({ what }) => what)).toEqual(['ownership', 'prefixes', 'enterprise numbers'])
  for (const { date, source } of dates) {
    expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(source).not.toBe('')
  }
  const newest =
    dates
      .map(({ date }) => date)
      .sort()
      .at(-1) ?? ''
  expect(staleOn(newest)).not.toContain(dates.find(({ date }) => date === newest)?.what)
  expect(staleOn('2100-01-01')).toEqual(['ownership', 'prefixes', 'enterprise numbers'])
})
