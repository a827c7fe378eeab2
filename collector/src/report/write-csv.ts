/** The tables as CSV that Danish Excel opens rightly: byte order mark, semicolons, decimal commas, no formulas. */
import { stringify } from 'csv-stringify/sync'
import type { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { formatNumber, WORDING, type Language } from './wording.ts'

/** `escape_formulas` guards the reader's spreadsheet against text from devices and lists. */
const write = (rows: unknown[][]): string =>
  stringify(rows, { bom: true, delimiter: ';', escape_formulas: true, record_delimiter: 'windows' })

export function tabel1Csv(report: Tabel1, language: Language): string {
  const rows = report.rows.flatMap((row) => [
    [row.label, row.total, '', ''],
    ...row.perAdministration.map((cell) => [
      row.label,
      cell.count,
      cell.administration ?? WORDING[language].noAdministration,
      cell.estimate ? `${cell.estimate.low}-${cell.estimate.high}` : '',
    ]),
  ])
  const estimate = language === 'da' ? 'Estimat' : 'Estimate'
  const administration = language === 'da' ? 'Forvaltning' : 'Administration'
  const [type = '', count = ''] = report.columns
  return write([
    [type, count, administration, estimate],
    ...rows,
    ...[...report.footnotes, report.rule, ...report.gaps].map((text) => [text, '', '', '']),
  ])
}

export function tabel2Csv(report: Tabel2, language: Language): string {
  const number = (value: number | null) => (value === null ? '' : formatNumber(value, language))
  const rows = report.rows.map((row) => [row.label, row.count, number(row.unitPrice), number(row.total)])
  return write([report.columns, ...rows, [WORDING[language].total, '', '', report.printedGrandTotal]])
}

export function sourcesCsv(report: SourceReport): string {
  const rows = report.rows.map((row) => [
    row.key,
    row.administration ?? '',
    row.discovered,
    row.registered,
    row.both,
    row.inventory,
    row.declared?.low ?? '',
    row.declared?.high ?? '',
    row.used,
    row.count,
  ])
  return write([
    [
      'type',
      'administration',
      'discovered',
      'registered',
      'both',
      'inventory',
      'declared low',
      'declared high',
      'used',
      'count',
    ],
    ...rows,
  ])
}
