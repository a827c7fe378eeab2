/** Plain documents as an indented outline for people: every text in it made safe for a terminal. */
import { printable } from '@ophav/shared/value'

/** Deeper than any explanation goes; what has no end stops here. */
const MAX_DEPTH = 8

/**
 * `maker: Hikvision`, lists with a dash for each entry; what is empty or null is left out.
 * @param document what JSON can hold
 */
export function outline(document: unknown, depth = 0): string {
  if (depth > MAX_DEPTH || !isFilled(document)) return ''
  const indent = '  '.repeat(depth)
  if (Array.isArray(document)) return document.map((entry) => listEntry(entry, depth)).join('')
  if (typeof document !== 'object' || document === null) return `${indent}${scalar(document)}\n`
  return Object.entries(document)
    .filter(([, value]) => isFilled(value))
    .map(([name, value]) =>
      typeof value === 'object'
        ? `${indent}${printable(name)}:\n${outline(value, depth + 1)}`
        : `${indent}${printable(name)}: ${scalar(value)}\n`,
    )
    .join('')
}

/** The dash takes the place of the entry's own indent. */
const listEntry = (entry: unknown, depth: number): string =>
  outline(entry, depth + 1).replace('  '.repeat(depth + 1), `${'  '.repeat(depth)}- `)

const scalar = (value: unknown): string => printable(String(value), 500)

const isFilled = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  (typeof value !== 'object' || Object.values(value).some(isFilled))
