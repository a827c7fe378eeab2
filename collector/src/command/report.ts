/** `report`: the tables, as terminal table, JSON, CSV or HTML. */
import { writeFileSync } from 'node:fs'
import { Argument, Command, Option } from 'commander'
import { layout, sourcesPage, tabel1Page, tabel2Page } from '../report/page.ts'
import { readSources, readTabel1, readTabel2 } from '../report/read.ts'
import { STYLE } from '../report/style.ts'
import { LANGUAGES, type Language } from '../report/wording.ts'
import { sourcesCsv, tabel1Csv, tabel2Csv } from '../report/write-csv.ts'
import { sourcesText, tabel1Text, tabel2Text } from '../report/write-terminal.ts'
import type { Db } from '../store/open.ts'
import { print, withData, withStore } from './context.ts'

type Format = 'table' | 'json' | 'csv' | 'html'

export const reportCommand = (): Command =>
  withData(new Command('report'))
    .description('Prints Tabel 1, Tabel 2, or what the sources say.')
    .addArgument(new Argument('<report>').choices(['tabel1', 'tabel2', 'sources']))
    .addOption(new Option('--format <format>').choices(['table', 'json', 'csv', 'html']).default('table'))
    .addOption(new Option('--lang <language>').choices([...LANGUAGES]).default('da'))
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText('after', '\nExample:\n  ophav-collector report tabel1 --format csv --out tabel1.csv')
    .action(
      (
        report: 'tabel1' | 'tabel2' | 'sources',
        options: { data: string; format: Format; lang: Language; out?: string },
      ) =>
        withStore(options.data, async (db) => {
          const text = await WRITERS[report](db, options.format, options.lang)
          if (options.out === undefined) print(text)
          else writeFileSync(options.out, text)
        }),
    )

const json = (document: unknown): string => JSON.stringify(document, null, 1)

/** A page that stands alone: the style goes with it. */
const standAlone = (page: string): string =>
  page.replace('<link rel="stylesheet" href="/style.css">', `<style>${STYLE}</style>`)

const WRITERS: Readonly<
  Record<'tabel1' | 'tabel2' | 'sources', (db: Db, format: Format, lang: Language) => Promise<string>>
> = {
  async tabel1(db, format, lang) {
    const report = await readTabel1(db, lang)
    if (format === 'json') return json(report)
    if (format === 'csv') return tabel1Csv(report, lang)
    if (format === 'html')
      return standAlone(layout(lang, '/reports/tabel1', report.title, tabel1Page(report, lang)))
    return tabel1Text(report, lang)
  },
  async tabel2(db, format, lang) {
    const report = await readTabel2(db, lang)
    if (format === 'json') return json(report)
    if (format === 'csv') return tabel2Csv(report, lang)
    if (format === 'html')
      return standAlone(layout(lang, '/reports/tabel2', report.title, tabel2Page(report, lang)))
    return tabel2Text(report, lang)
  },
  async sources(db, format, lang) {
    const report = await readSources(db, lang)
    if (format === 'json') return json(report)
    if (format === 'csv') return sourcesCsv(report)
    if (format === 'html')
      return standAlone(
        layout(lang, '/reports/sources', lang === 'da' ? 'Kilder' : 'Sources', sourcesPage(report, lang)),
      )
    return sourcesText(report, lang)
  },
}
