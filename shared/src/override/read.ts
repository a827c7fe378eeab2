/** Reads a file of own rules, YAML or JSON (which YAML 1.2 contains): text in, a checked document or problems out. */
import { Compile } from 'typebox/compile'
import { LineCounter, parseDocument } from 'yaml'
import { OphavError } from '../error/error.ts'
import { Override } from '../wire/override.ts'
import { MAX_PROBLEMS, PlainReader } from './plain-value.ts'
import type { RuleProblem } from './problem.ts'

/** Thousands of rules fit; what is larger is another file. */
export const MAX_OVERRIDE_OCTETS = 512 * 1024

export interface ReadOverride {
  /** Null where there are problems. */
  override: Override | null
  problems: RuleProblem[]
  /** The line of a place in the file, null where it is not known. */
  lineOf: (place: string) => number | null
}

/** Never throws, whatever the octets. */
export function readOverride(octets: Uint8Array): ReadOverride {
  if (octets.length > MAX_OVERRIDE_OCTETS)
    return refused('rule.file-too-large', { octets: octets.length, limit: MAX_OVERRIDE_OCTETS })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return refused('rule.file-unreadable', { problem: 'not UTF-8' })
  }
  const counter = new LineCounter()
  const reader = new PlainReader(counter)
  let value: unknown
  try {
    // Keys are compared one with another by the library, which takes hours for a hostile map: the reader does it.
    const document = parseDocument(text, { lineCounter: counter, uniqueKeys: false, version: '1.2' })
    const [error] = document.errors
    if (error)
      return refused('rule.not-yaml', {
        line: error.linePos?.[0].line ?? 0,
        problem: error.message.split('\n')[0] ?? '',
      })
    value = reader.read(document.contents)
  } catch {
    // The parser calls itself for each level of nesting.
    return refused('rule.hostile', { problem: 'deeper or larger than rules are' })
  }
  const problems = reader.problems.length > 0 ? reader.problems : schemaProblems(value)
  return {
    override: problems.length > 0 ? null : (value as Override),
    problems,
    lineOf: (place) => lineOf(reader.lines, place),
  }
}

/** A stored document, or one that was checked before. @throws OphavError `rule.field-invalid` */
export function parseOverride(document: unknown): Override {
  const [problem] = schemaProblems(document)
  if (problem) throw new OphavError(problem.code, { place: problem.place, ...problem.detail })
  return document as Override
}

const refused = (code: RuleProblem['code'], detail: RuleProblem['detail']): ReadOverride => ({
  override: null,
  problems: [{ code, place: '', detail }],
  lineOf: () => null,
})

let compiled: ReturnType<typeof Compile> | null = null

function schemaProblems(value: unknown): RuleProblem[] {
  const schema = (compiled ??= Compile(Override) as unknown as ReturnType<typeof Compile>)
  if (schema.Check(value)) return []
  const problems: RuleProblem[] = []
  for (const { instancePath, keyword, message } of schema.Errors(value)) {
    // Said a second time, of the field itself.
    if (keyword === 'additionalProperties') continue
    if (problems.length === MAX_PROBLEMS) break
    problems.push({
      code: keyword === 'boolean' ? 'rule.field-unknown' : 'rule.field-invalid',
      place: toPlace(instancePath),
      detail: keyword === 'boolean' ? {} : { problem: message },
    })
  }
  return problems
}

/** `/makers/2/products/camera/0` as people and the other problems write it. */
const toPlace = (pointer: string): string =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (place, part) => (/^\d+$/.test(part) ? `${place}[${part}]` : place === '' ? part : `${place}.${part}`),
      '',
    )

/** Of the place itself, else of what it stands in. */
function lineOf(lines: ReadonlyMap<string, number>, place: string): number | null {
  for (let at = place; ; at = at.slice(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['), 0))) {
    const line = lines.get(at)
    if (line !== undefined) return line
    if (at === '') return null
  }
}
