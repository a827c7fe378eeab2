/** Which shipped examples are read in another way once own rules are in force: what they would steal in silence. */
import type { Evidence } from '@ophav/shared'
import type { FingerprintData } from '../fingerprint/fingerprint.ts'
import { identify } from '../identify/identify.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { productLinesOf } from '../maker/product-line.ts'
import type { Base } from './apply.ts'

export interface ShippedChange {
  /** The maker or fingerprint whose example it is. */
  of: string
  kind: string
  example: string
  before: string
  after: string
}

/** @returns in the order of the catalogue */
export function shippedChanges(base: Base, knowledge: Knowledge): ShippedChange[] {
  const changes: ShippedChange[] = []
  for (const { of, evidence } of shippedExamples(base)) {
    const before = conclusion(evidence, base.knowledge)
    const after = conclusion(evidence, knowledge)
    if (before !== after)
      changes.push({ of, kind: evidence.kind, example: String(evidence.value), before, after })
  }
  return changes
}

interface ShippedExample {
  of: string
  evidence: Evidence
}

function* shippedExamples({ knowledge, fingerprints }: Base): Generator<ShippedExample> {
  for (const maker of knowledge.makers) yield* examplesOfMaker(maker)
  for (const { kind, match, examples } of fingerprints as readonly FingerprintData[])
    for (const one of typeof kind === 'string' ? [kind] : kind)
      for (const { text } of examples) yield { of: match, evidence: { kind: one, value: text } }
}

function* examplesOfMaker(maker: MakerEntry): Generator<ShippedExample> {
  const of = maker.name
  const example = (kind: string, value: string): ShippedExample => ({ of, evidence: { kind, value } })
  for (const name of maker.organisations) yield example('register.maker', name.replace(/\*$/, ''))
  for (const word of [...maker.words, ...maker.first])
    yield example('snmp.sysDescr', word.replaceAll('#', '5').replace('*', ''))
  for (const number of maker.enterprises) yield example('snmp.sysObjectID', `1.3.6.1.4.1.${number}`)
  for (const subtree of Object.values(maker.objects).flatMap((list) => list ?? []))
    yield example('snmp.sysObjectID', `1.3.6.1.4.1.${subtree}`)
  for (const { examples } of productLinesOf(maker))
    for (const model of examples) {
      yield example('snmp.sysDescr', `${maker.name} ${model}`)
      yield example('model', model)
    }
}

/** Where a maker is from is not read from an example: own ownership is meant to differ. */
const ANY_DAY = new Date(0)

function conclusion(evidence: Evidence, knowledge: Knowledge): string {
  const { maker, brand, component, class: named } = identify([evidence], { asOf: ANY_DAY, knowledge })
  const who = maker === null ? (component === null ? 'nobody' : `part by ${component}`) : maker
  return `${who}${brand === null || brand === maker ? '' : ` (${brand})`}${named === null ? '' : `, ${named}`}`
}

/** One line for a person; whoever prints it makes it safe for the place. */
export const describeShippedChange = ({ of, kind, example, before, after }: ShippedChange): string =>
  `${of}: ${kind} "${example}" was ${before} and is ${after}`
