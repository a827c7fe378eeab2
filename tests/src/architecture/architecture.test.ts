/** The house rules, on every file of every package. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ERROR_CODES } from '@ophav/shared'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import { beforeAll, describe, expect, test } from 'vitest'
import { DUMPING_GROUNDS, FORBIDDEN } from './rule.ts'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PACKAGES = ['shared', 'oui', 'agent', 'collector', 'tests']

const files = PACKAGES.flatMap((name) =>
  readdirSync(join(ROOT, name, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `${name}/src/${file.replaceAll('\\', '/')}`),
)
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

describe('imports', () => {
  let result: ICruiseResult
  beforeAll(async () => {
    const { output } = await cruise(
      PACKAGES.map((name) => `${name}/src`),
      {
        baseDir: ROOT,
        validate: true,
        tsPreCompilationDeps: true,
        doNotFollow: { path: 'node_modules' },
        enhancedResolveOptions: {
          exportsFields: ['exports'],
          conditionNames: ['source', 'types', 'import', 'node', 'default'],
        },
        ruleSet: {
          forbidden: FORBIDDEN.map(({ from, to, reason }, index) => ({
            name: `rule-${index}`,
            comment: reason,
            severity: 'error' as const,
            from: { path: from },
            to: { path: to },
          })),
        },
      },
    )
    result = output as ICruiseResult
  }, 120_000)

  test('every package is looked at, and its imports are resolved', () => {
    const small = PACKAGES.filter(
      (name) => result.modules.filter(({ source }) => source.startsWith(`${name}/src/`)).length < 10,
    )
    expect(small).toEqual([])
    const crossing = result.modules
      .filter(({ source }) => source.startsWith('agent/src/'))
      .flatMap(({ dependencies }) => dependencies)
    expect(crossing.some(({ resolved }) => resolved.startsWith('shared/src/'))).toBe(true)
  })

  test('nobody imports what a rule forbids', () => {
    const broken = result.summary.violations.map(({ from, to, rule }) => {
      const reason = FORBIDDEN[Number(rule.name.slice('rule-'.length))]?.reason
      return `${from} imports ${to}: ${reason}`
    })
    expect(broken).toEqual([])
  })
})

describe('files', () => {
  test('each begins by saying what it is for', () => {
    const silent = files.filter(
      (file) => !/\.(test|d)\.ts$/.test(file) && !/^(#!.*\n)?\/\*\*/.test(read(file)),
    )
    expect(silent).toEqual([])
  })

  test('no folder or file is a dumping ground', () => {
    expect(files.filter((file) => DUMPING_GROUNDS.test(file))).toEqual([])
  })

  test('names are in kebab-case', () => {
    expect(files.filter((file) => /[A-Z_]/.test(file))).toEqual([])
  })
})

describe('error codes', () => {
  const source = files
    .filter((file) => !file.endsWith('error/codes.ts'))
    .map(read)
    .join('\n')

  test('each code of the table is used somewhere', () => {
    const unused = Object.keys(ERROR_CODES).filter((code) => !source.includes(`'${code}'`))
    expect(unused).toEqual([])
  })
})
