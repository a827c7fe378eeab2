import type { Override } from '@ophav/shared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { identify } from '../identify/identify.ts'
import { Knowledge, shippedKnowledge } from '../knowledge/knowledge.ts'
import { applyOverride, shippedBase } from './apply.ts'
import { checkOverride } from './check.ts'

const rules = (parts: Omit<Override, 'format'>): Override => ({ format: 'ophav.rules/1', ...parts })

/** A few makers of the catalogue: a property is tried hundreds of times. */
const SMALL = (() => {
  const makers = shippedKnowledge().makers.filter(({ name }) => ['Axis', 'Hikvision', 'Intel'].includes(name))
  return { knowledge: new Knowledge(makers, FINGERPRINTS), fingerprints: FINGERPRINTS }
})()

describe('any rules', () => {
  const name = fc.constantFrom('Axis', 'Hikvision', 'Nordvagt', 'Intel', 'ny')
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('Axis', 'ds2cd* = DS-2CD1', 'a# = A1', '*', '44:19:b6', '1.2', 'Hikvision*', '#', ' = '),
  )
  const texts = fc.array(text, { maxLength: 3 })
  const byClass = fc.dictionary(fc.constantFrom('camera', 'any'), texts, { maxKeys: 2 })
  const partial = { requiredKeys: [] as [] }
  const anyRules = fc.record(
    {
      makers: fc.array(
        fc.record(
          {
            name,
            amend: name,
            of: name,
            words: texts,
            first: texts,
            organisations: texts,
            products: byClass,
            objects: byClass,
          },
          partial,
        ),
        { maxLength: 3 },
      ),
      prefixes: fc.array(fc.record({ prefix: text, maker: name }), { maxLength: 3 }),
      fingerprints: fc.array(
        fc.record({
          kind: fc.constant('http.title'),
          match: text,
          maker: name,
          examples: fc.array(fc.record({ text }), { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      silence: fc.array(fc.record({ maker: name, word: text, prefix: text }, partial), { maxLength: 2 }),
    },
    partial,
  )

  test('are either refused with places, or taken and then read anything', () => {
    fc.assert(
      fc.property(anyRules, fc.string({ maxLength: 40 }), (parts, value) => {
        const { problems, knowledge } = checkOverride(rules(parts as never), SMALL)
        expect(problems.length > 0).toBe(knowledge === null)
        expect(problems.filter(({ code }) => !code.startsWith('rule.'))).toEqual([])
        if (knowledge) identify([{ kind: 'http.title', value }], { knowledge })
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
    )
  })

  test('that say nothing leave every shipped example as it was', () => {
    const knowledge = applyOverride(shippedBase(), rules({}))
    fc.assert(
      fc.property(fc.constantFrom(...shippedKnowledge().makers), ({ name: maker, words }) => {
        const evidence = [
          { kind: 'register.maker', value: maker },
          { kind: 'snmp.sysDescr', value: `${words[0] ?? maker} box` },
        ]
        const asOf = new Date('2026-01-01')
        expect(identify(evidence, { knowledge, asOf })).toEqual(identify(evidence, { asOf }))
      }),
    )
  })
})
