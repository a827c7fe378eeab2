/** Product lines as the catalogue writes them: a pattern, and the models that prove it. */
import type { DeviceClass, MakerEntry } from './entry.ts'

export interface ProductLine {
  maker: MakerEntry
  class: DeviceClass
  /** Small letters and digits, `#`, `@`, and a closing `*`. */
  pattern: string
  /** Real models of the line. */
  examples: readonly string[]
}

/** `ds2cd* = DS-2CD2143G2-I, DS-2CD1023G0E-I` */
export function readProductLine(maker: MakerEntry, named: DeviceClass, line: string): ProductLine {
  const [, examples = ''] = line.split(' = ', 2)
  return {
    maker,
    class: named,
    pattern: patternOf(line),
    examples: examples
      .split(',')
      .map((example) => example.trim())
      .filter(Boolean),
  }
}

/** The pattern alone, for those who need no proof. */
export function patternOf(line: string): string {
  const end = line.indexOf(' = ')
  const pattern = end < 0 ? line : line.slice(0, end)
  return OTHER.test(pattern) ? pattern.replace(/[^a-z0-9#@*]+/g, '') : pattern
}

const OTHER = /[^a-z0-9#@*]/

export const productLinesOf = (maker: MakerEntry): ProductLine[] =>
  Object.entries(maker.products).flatMap(([named, lines]) =>
    (lines ?? []).map((line) => readProductLine(maker, named, line)),
  )
