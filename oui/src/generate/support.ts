/** Maintainers: writes the support table into the documentation. */
import { writeFileSync } from 'node:fs'
import { FINGERPRINTS } from '../fingerprint/catalogue.ts'
import { shippedKnowledge } from '../knowledge/knowledge.ts'
import { OWNERSHIP_DATE } from '../origin/origin.ts'
import { supportPage } from '../support/markdown.ts'
import { supportOf } from '../support/support.ts'

const page = new URL('../../../docs/makers.md', import.meta.url)
const rows = supportOf(shippedKnowledge(), FINGERPRINTS, OWNERSHIP_DATE)
writeFileSync(page, supportPage(rows))
process.stdout.write(`docs/makers.md: ${rows.length} makers\n`)
