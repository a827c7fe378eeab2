import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { OWNERSHIP_DATE } from '../origin/origin.ts'
import { supportPage } from './markdown.ts'
import { supportOf } from './support.ts'

const rows = supportOf(shippedKnowledge(), FINGERPRINTS, OWNERSHIP_DATE)
const of = (name: string) => rows.find(({ maker }) => maker.name === name)

test('the support table counts what is known of a maker', () => {
  const hikvision = of('Hikvision')
  expect(hikvision?.ownership?.country).toBe('CN')
  expect(hikvision?.prefixes).toBeGreaterThan(50)
  expect(hikvision?.classes.map((each) => each.class)).toContain('traffic-camera')
  expect(of('Intel')?.maker.role).toBe('nic')
})

test('the page in the documentation is the one that the data gives: `npm run support -w @ophav/oui` writes it', () => {
  expect(readFileSync(new URL('../../../docs/makers.md', import.meta.url), 'utf8')).toBe(supportPage(rows))
})
