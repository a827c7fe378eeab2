/** `explain`: what a MAC, an OID or another text says about its maker, how much that weighs, and why. */
import { dataDates, explain, type Explanation, type Knowledge } from '@ophav/oui'
import { printable } from '@ophav/shared/value'
import { plainTable } from './plain-table.ts'

export interface ExplainOptions {
  knowledge?: Knowledge
  /** The day for which ownership is asked. */
  asOf?: Date
  json?: boolean
}

/** Whole sentences stay on their line up to here. */
const SENTENCE = 160

export function explainText(
  text: string,
  { knowledge, asOf = new Date(), json = false }: ExplainOptions = {},
): string {
  const explanation = explain(text, asOf, knowledge)
  if (json) return `${JSON.stringify(explanation, null, 2)}\n`
  return [
    `Read as ${explanation.readAs}.`,
    explanation.claims.length === 0 ? 'This says nothing about a maker.\n' : claimTable(explanation),
    conclusion(explanation),
    knowledgeLine(new Date()),
  ].join('\n')
}

const claimTable = ({ claims }: Explanation): string =>
  plainTable(
    ['CLAIM', '', 'weight', 'tier', 'because'],
    claims.map(({ field, value, weight, tier, because, ownRule }) => [
      field,
      printable(value, 40),
      weight === 0 ? '-' : weight.toFixed(2),
      String(tier),
      `${ownRule ? 'own rule: ' : ''}${printable(because, SENTENCE)}`,
    ]),
  )

function conclusion({ conclusion: found }: Explanation): string {
  const { maker, brand, model, class: named, component, operatingSystem, confidence, origin } = found
  const rows: [string, string | null][] = [
    ['maker', maker === null ? 'unknown' : `${maker}, confidence ${confidence}`],
    ['brand', brand === maker ? null : brand],
    ['part', component],
    ['system', operatingSystem],
    ['model', model],
    ['class', named],
  ]
  if (origin !== null)
    rows.push(
      ['origin', [origin.country ?? 'unknown country', CHINESE[origin.chinese]].join(', ')],
      ['owner', origin.owner === null ? null : `${origin.owner}, as of ${origin.asOf}`],
      [
        'flags',
        [origin.ndaa889 ? 'NDAA 889' : '', origin.fccCovered ? 'FCC Covered List' : '']
          .filter(Boolean)
          .join(', '),
      ],
      ['source', origin.sources.join(' ')],
    )
  return plainTable(
    ['CONCLUSION', ''],
    rows.flatMap(([name, value]) =>
      value === null || value === '' ? [] : [[name, printable(value, SENTENCE)]],
    ),
  )
}

const CHINESE: Readonly<Record<string, string>> = {
  yes: 'Chinese',
  no: 'not Chinese',
  contested: 'contested: the owner is disputed in public',
  unknown: 'not known whether Chinese',
}

/** How old the knowledge is; what is older than a year says so. */
const knowledgeLine = (now: Date): string =>
  `Knowledge: ${dataDates(now)
    .map(({ what, date, isStale }) => `${what} of ${date}${isStale ? ' (older than a year)' : ''}`)
    .join(', ')}.\n`
