/** Every regular expression of the product meets hostile text: none may take more than linear time for it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkSync } from 'recheck'
import ts from 'typescript'
import { expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
/** What ships; tests read only what they wrote themselves. */
const PACKAGES = ['shared', 'oui', 'agent', 'collector']

interface Pattern {
  place: string
  source: string
  flags: string
}

const patterns = PACKAGES.flatMap((name) =>
  readdirSync(join(ROOT, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|testkit|d)\.ts$/.test(file))
    .flatMap((file) => patternsIn(`${name}/src/${file}`)),
)

function patternsIn(file: string): Pattern[] {
  const tree = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: Pattern[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/')
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      found.push({
        place: `${file}:${line + 1}`,
        source: node.text.slice(1, end),
        flags: node.text.slice(end + 1),
      })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

/** Milliseconds for one pattern: one that cannot be judged in them is to be written in a simpler way. */
const CHECK = { timeout: 20_000, checker: 'automaton' } as const

const LINEAR = new Set(['safe', 'linear'])

const check = (
  source: string,
  flags: string,
): { status: string; complexity?: { type: string; summary: string } } => checkSync(source, flags, CHECK)

test('there are patterns to check, and the check finds a slow one', () => {
  expect(patterns.length).toBeGreaterThan(50)
  expect(check('^(a+)+$', '').status).toBe('vulnerable')
})

test('no pattern takes more than linear time, whatever the text', () => {
  const slow = patterns
    .map((pattern) => ({ ...pattern, result: check(pattern.source, pattern.flags) }))
    .filter(({ result }) => !LINEAR.has(result.complexity?.type ?? ''))
    .map(
      ({ place, source, result }) =>
        `${place} /${source}/ ${result.status} ${result.complexity?.summary ?? ''}`,
    )
  expect(slow).toEqual([])
}, 300_000)
