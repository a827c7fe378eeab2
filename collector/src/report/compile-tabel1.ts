/** Tabel 1 from figures: one row a hardware type, one cell an administration. */
import type { Selectable } from 'kysely'
import { DEFAULT_RULE, type Figure, type Remainder } from '../count/count.ts'
import type { HardwareTypeTable } from '../store/table.ts'
import type { Tabel1, Tabel1Cell } from './document.ts'
import { formatNumber, WORDING, type Language } from './wording.ts'

export interface Tabel1Ground {
  organisation: { name: string; short: string }
  types: readonly Selectable<HardwareTypeTable>[]
  /** Keys in the order of the table. */
  administrations: readonly string[]
  figures: readonly Figure[]
  remainders: readonly Remainder[]
  /** Sentences about scans and data that the figures rest on. */
  dataGaps: readonly string[]
  language: Language
  /** RFC 3339 */
  asOf: string
}

export function compileTabel1(ground: Tabel1Ground): Tabel1 {
  const { organisation, types, figures, language, asOf } = ground
  const words = WORDING[language]
  const footnotes: string[] = []
  const rows = types.map((type) => {
    const cells = cellsOf(type, ground, footnotes)
    const total = cells.reduce((sum, cell) => sum + cell.count, 0)
    return {
      key: type.key,
      label: language === 'da' ? type.label_da : type.label_en,
      total,
      ...(total >= 1000 ? { printedTotal: formatNumber(total, language) } : {}),
      perAdministration: cells,
    }
  })
  const total = rows.reduce((sum, row) => sum + row.total, 0)
  const exceptions = figures.filter((figure) => figure.rule !== DEFAULT_RULE).length
  return {
    format: 'ophav.tabel1/1',
    title: words.tabel1Title(organisation.short),
    columns: words.tabel1Columns(organisation.name),
    asOf,
    rows,
    total,
    printedTotal: formatNumber(total, language),
    footnotes,
    rule: exceptions === 0 ? words.rule : `${words.rule} ${words.ruleExceptions(exceptions)}`,
    gaps: [...gapsOf(ground), ...ground.dataGaps],
  }
}

function cellsOf(
  type: Selectable<HardwareTypeTable>,
  ground: Tabel1Ground,
  footnotes: string[],
): Tabel1Cell[] {
  const { administrations, figures, language } = ground
  const order = (key: string | null) => (key === null ? administrations.length : administrations.indexOf(key))
  return figures
    .filter((figure) => figure.hardwareType === type.key && figure.count > 0)
    .sort((a, b) => order(a.administration) - order(b.administration))
    .map(({ administration, count, estimate, used: source }) => {
      if (!estimate) return { administration, count, source }
      const marks = mark(type, estimate, language, footnotes)
      return { administration, count, estimate, printed: `${formatNumber(count, language)}${marks}`, source }
    })
}

/** The asterisks of an estimate: one for the first footnote, two for the next; the same range shares one. */
function mark(
  type: Selectable<HardwareTypeTable>,
  { low, high }: { low: number; high: number },
  language: Language,
  footnotes: string[],
): string {
  const noun = language === 'da' ? type.plural_da : type.plural_en
  const sentence = (marks: string) =>
    WORDING[language].estimate(marks, formatNumber(low, language), formatNumber(high, language), noun)
  const known = footnotes.findIndex((footnote, index) => footnote === sentence('*'.repeat(index + 1)))
  if (known >= 0) return '*'.repeat(known + 1)
  const marks = '*'.repeat(footnotes.length + 1)
  footnotes.push(sentence(marks))
  return marks
}

function gapsOf({ types, remainders, language }: Tabel1Ground): string[] {
  const words = WORDING[language]
  return types.flatMap((type) => {
    const rest = remainders.find((remainder) => remainder.hardwareType === type.key)
    if (!rest) return []
    const noun = language === 'da' ? type.plural_da : type.plural_en
    const say = (count: number, sentence: (count: string, noun: string) => string) =>
      count > 0 ? [sentence(formatNumber(count, language), noun)] : []
    return [
      ...say(rest.unknownMaker, words.unknownMaker),
      ...say(rest.contested, words.contested),
      ...say(rest.withoutAdministration, words.withoutAdministration),
    ]
  })
}
