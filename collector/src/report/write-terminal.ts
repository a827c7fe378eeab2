/** The tables for a terminal. */
import Table from 'cli-table3'
import { printable } from '@ophav/shared'
import type { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { formatNumber, WORDING, type Language } from './wording.ts'

export function tabel1Text(report: Tabel1, language: Language): string {
  const table = new Table({
    head: report.columns,
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'left'],
  })
  for (const row of report.rows)
    table.push([
      row.label,
      row.printedTotal ?? formatNumber(row.total, language),
      row.perAdministration
        .map(
          (cell) =>
            `${cell.administration ?? WORDING[language].noAdministration}: ${cell.printed ?? formatNumber(cell.count, language)}`,
        )
        .join(', '),
    ])
  table.push([WORDING[language].total, report.printedTotal, ''])
  return [
    report.title,
    table.toString(),
    ...report.footnotes,
    '',
    report.rule,
    ...report.gaps.map((gap) => `– ${printable(gap)}`),
  ].join('\n')
}

export function tabel2Text(report: Tabel2, language: Language): string {
  const table = new Table({
    head: report.columns,
    style: { head: [], border: [] },
    colAligns: ['left', 'right', 'right', 'right'],
  })
  for (const row of report.rows)
    table.push([
      row.label,
      formatNumber(row.count, language),
      row.unitPrice === null ? '–' : formatNumber(row.unitPrice, language),
      row.total === null ? '–' : (row.printedTotal ?? formatNumber(row.total, language)),
    ])
  table.push([WORDING[language].total, '', '', report.printedGrandTotal])
  return [report.title, table.toString(), ...report.notes.map((note) => `– ${note}`)].join('\n')
}

export function sourcesText(report: SourceReport, language: Language): string {
  const head =
    language === 'da'
      ? [
          'Hardware type',
          'Forvaltning',
          'Fundet',
          'Registreret',
          'Begge',
          'I alt',
          'Opgivet',
          'Bruges',
          'Afviger',
        ]
      : [
          'Hardware type',
          'Administration',
          'Discovered',
          'Registered',
          'Both',
          'Inventory',
          'Declared',
          'Used',
          'Differs',
        ]
  const table = new Table({ head, style: { head: [], border: [] } })
  for (const row of report.rows)
    table.push([
      row.label,
      row.administration ?? WORDING[language].noAdministration,
      row.discovered,
      row.registered,
      row.both,
      row.inventory,
      row.declared
        ? row.declared.low === row.declared.high
          ? row.declared.low
          : `${row.declared.low}-${row.declared.high}`
        : '–',
      row.used,
      row.differs ? '!' : '',
    ])
  return table.toString()
}
