/** What a whole text proves that its words do not: a template, what it says, and the examples that are its tests. */
import { OphavError } from '@ophav/shared/value'
import type { DeviceClass } from '../maker/entry.ts'
import {
  HOLES,
  matchTemplate,
  normalize,
  parseTemplate,
  type Captures,
  type Hole,
  type Template,
} from './template.ts'

/** A real text, and what the holes must hold of it. */
export type Example = { text: string } & Captures

export interface FingerprintData {
  /** Evidence kinds, as `http.server`. */
  kind: string | readonly string[]
  /** Literal text with `{model}`, `{serial}`, `{firmware}`, `{mac}`, `{name}`, `{brand}` and `*`. */
  match: string
  /** A maker of the catalogue. */
  maker?: string
  /** The name on the box, where it differs from the maker. */
  brand?: string
  class?: DeviceClass
  model?: string
  operatingSystem?: string
  /** The text is of software that runs on anybody's machine: it names no maker. */
  software?: true
  examples: readonly Example[]
}

export interface Fingerprint extends FingerprintData {
  kinds: readonly string[]
  template: Template
}

/** Fields that an example may be asked for. */
const SAYS = ['maker', 'brand', 'class', 'model', 'operatingSystem', 'software'] as const

/**
 * @throws OphavError `fingerprint.invalid` where it says nothing, has no example, or an example does not fit: a rule
 * that has not been seen to work does not load
 */
export function readFingerprint(data: FingerprintData): Fingerprint {
  const template = parseTemplate(data.match)
  const fail = (problem: string): never => {
    throw new OphavError('fingerprint.invalid', { match: data.match, problem })
  }
  const holes = template.steps.flatMap(({ before }) =>
    HOLES.includes(before as Hole) ? [before as Hole] : [],
  )
  if (SAYS.every((field) => data[field] === undefined) && holes.length === 0) fail('it says nothing')
  if (data.software && data.maker !== undefined) fail('it says software and names a maker')
  if (data.examples.length === 0) fail('it has no example')
  for (const { text, ...expected } of data.examples) {
    const captures =
      matchTemplate(template, text, normalize(text)) ?? fail(`the example "${text}" does not fit`)
    for (const hole of holes)
      if (captures[hole] !== expected[hole])
        fail(`of the example "${text}" {${hole}} is "${captures[hole]}" and not "${expected[hole] ?? ''}"`)
  }
  return { ...data, kinds: typeof data.kind === 'string' ? [data.kind] : data.kind, template }
}
