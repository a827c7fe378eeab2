/** The pages: plain, readable, printable, in Danish or English, without a line of script. */
import { printable } from '@ophav/shared'
import type { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { html, type Html } from './html.ts'
import { activityText, coverageCell } from './page-coverage.ts'
import type { Overview } from './read-device.ts'
import { formatNumber, formatTime, WORDING, type Language } from './wording.ts'

export const say = (language: Language, da: string, en: string): string => (language === 'da' ? da : en)

export function layout(language: Language, path: string, title: string, body: Html): string {
  const other = language === 'da' ? 'en' : 'da'
  const separator = path.includes('?') ? '&' : '?'
  const link = (to: string, text: string) =>
    html`<a
      href="${to}?lang=${language}"
      ${path.startsWith(to) && to !== '/' ? html` aria-current="page"` : ''}
      >${text}</a
    >`
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Ophav</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <a class="brand" href="/?lang=${language}">Ophav</a>
          <nav>
            ${link('/reports/tabel1', 'Tabel 1')}${link('/reports/tabel2', 'Tabel 2')}${link('/reports/sources', say(language, 'Kilder', 'Sources'))}${link('/devices', say(language, 'Enheder', 'Devices'))}
          </nav>
          <a class="language" lang="${other}" href="${path}${separator}lang=${other}"
            >${other === 'en' ? 'English' : 'Dansk'}</a
          >
        </header>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `.text
}

export function tabel1Page(report: Tabel1, language: Language): Html {
  const words = WORDING[language]
  const figures = (row: Tabel1['rows'][number]) =>
    row.perAdministration.map((cell) => {
      const text = cell.printed ?? formatNumber(cell.count, language)
      const query = `type=${encodeURIComponent(row.key)}&administration=${encodeURIComponent(cell.administration ?? '')}&chinese=yes&lang=${language}`
      const figure =
        cell.source === 'declared'
          ? html`<a href="/reports/sources?lang=${language}" title="${say(language, 'opgivet', 'declared')}"
              >${text}</a
            >`
          : html`<a href="/devices?${query}">${text}</a>`
      return html`<span class="cell"><b>${cell.administration ?? words.noAdministration}</b> ${figure}</span>`
    })
  return html`<table class="tabel">
      <thead>
        <tr>
          ${report.columns.map((column, index) => html`<th scope="col" ${index === 1 ? html` class="number"` : ''}>${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${report.rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.label}</th>
              <td class="number">${row.printedTotal ?? formatNumber(row.total, language)}</td>
              <td>${figures(row)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${words.total}</th>
          <td class="number">${report.printedTotal}</td>
          <td></td>
        </tr>
      </tfoot>
    </table>
    ${report.footnotes.map((footnote) => html`<p class="footnote">${footnote}</p>`)}
    <h2>${say(language, 'Om tallene', 'About the figures')}</h2>
    <p>${report.rule}</p>
    ${
      report.gaps.length > 0
        ? html`<ul>
            ${report.gaps.map((gap) => html`<li>${printable(gap)}</li>`)}
          </ul>`
        : ''
    }
    <p class="as-of">
      ${say(language, 'Opgjort', 'As of')} ${formatTime(report.asOf, language)}.
      <a href="/api/reports/tabel1?lang=${language}">JSON</a> ·
      <a href="/reports/tabel1.csv?lang=${language}">CSV</a>
    </p>`
}

export function tabel2Page(report: Tabel2, language: Language): Html {
  return html`<table class="tabel">
      <thead>
        <tr>
          ${report.columns.map((column, index) => html`<th scope="col" ${index > 0 ? html` class="number"` : ''}>${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${report.rows.map(
          (row) =>
            html`<tr>
              <th scope="row">${row.label}</th>
              <td class="number">${formatNumber(row.count, language)}</td>
              <td class="number">${row.unitPrice === null ? '–' : formatNumber(row.unitPrice, language)}</td>
              <td class="number">
                ${row.total === null ? '–' : (row.printedTotal ?? formatNumber(row.total, language))}
              </td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">${WORDING[language].total}</th>
          <td></td>
          <td></td>
          <td class="number">${report.printedGrandTotal}</td>
        </tr>
      </tfoot>
    </table>
    <ul>
      ${report.notes.map((note) => html`<li>${note}</li>`)}
    </ul>
    <p class="as-of">
      ${say(language, 'Opgjort', 'As of')} ${formatTime(report.asOf, language)}.
      <a href="/api/reports/tabel2?lang=${language}">JSON</a> ·
      <a href="/reports/tabel2.csv?lang=${language}">CSV</a>
    </p>`
}

const USED: Readonly<Record<string, readonly [string, string]>> = {
  declared: ['opgivet', 'declared'],
  inventory: ['fundet og registreret', 'inventory'],
  discovered: ['fundet', 'discovered'],
  registered: ['registreret', 'registered'],
}

export function sourcesPage(report: SourceReport, language: Language): Html {
  const head =
    language === 'da'
      ? [
          'Hardware type',
          'Forvaltning',
          'Fundet',
          'Registreret',
          'Begge',
          'Hver én gang',
          'Opgivet',
          'Bruges',
          '',
        ]
      : [
          'Hardware type',
          'Administration',
          'Discovered',
          'Registered',
          'Both',
          'Each once',
          'Declared',
          'Used',
          '',
        ]
  const number = (value: number) => formatNumber(value, language)
  return html`<p>
      ${say(language, 'Hvad de tre kilder siger om hvert tal, og hvor de er uenige.', 'What the three sources say about each figure, and where they disagree.')}
    </p>
    <table class="tabel">
      <thead>
        <tr>
          ${head.map((column, index) => html`<th scope="col" ${index > 1 && index < 7 ? html` class="number"` : ''}>${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${report.rows.map((row) => {
          const declared = row.declared
            ? html`${row.declared.low === row.declared.high ? number(row.declared.low) : `${number(row.declared.low)}–${number(row.declared.high)}`}<small
                  >${row.declared.statedBy},
                  ${row.declared.statedOn}${row.declared.note ? `: ${row.declared.note}` : ''}</small
                >`
            : '–'
          return html`<tr>
            <th scope="row">${row.label}</th>
            <td>${row.administration ?? WORDING[language].noAdministration}</td>
            <td class="number">${number(row.discovered)}</td>
            <td class="number">${number(row.registered)}</td>
            <td class="number">${number(row.both)}</td>
            <td class="number">${number(row.inventory)}</td>
            <td class="number">${declared}</td>
            <td>${USED[row.used]?.[language === 'da' ? 0 : 1] ?? row.used}</td>
            <td>
              ${row.differs ? html`<span class="mark">${say(language, 'afviger', 'differs')}</span>` : ''}
            </td>
          </tr>`
        })}
      </tbody>
    </table>`
}

/** Words of the product that people read; an organisation's own purposes stand as they are. */
const PURPOSE: Readonly<Record<string, string>> = {
  camera: 'kameraer',
  traffic: 'trafik',
  office: 'kontor',
  education: 'undervisning',
  server: 'servere',
}
const STATUS: Readonly<Record<string, string>> = {
  proposed: 'foreslået',
  approved: 'godkendt',
  retired: 'afsluttet',
}
const named = (words: Readonly<Record<string, string>>, word: string, language: Language): string =>
  language === 'da' ? (words[word] ?? word) : word

export function overviewPage({ segments, devices, agents }: Overview, language: Language): Html {
  const head =
    language === 'da'
      ? ['Segment', 'Formål', 'Status', 'Enheder', 'Sidst scannet', 'Dækning']
      : ['Segment', 'Purpose', 'Status', 'Devices', 'Last scanned', 'Coverage']
  return html`<p>
      ${say(language, 'Kendte enheder', 'Known devices')}: <b>${formatNumber(devices, language)}</b>.
      ${say(language, 'Agenter', 'Agents')}: <b>${formatNumber(agents, language)}</b>.
    </p>
    <p class="lead">
      <a href="/reports/tabel1?lang=${language}">Tabel 1</a>
      <a href="/reports/tabel2?lang=${language}">Tabel 2</a>
    </p>
    <h2>${say(language, 'Segmenter', 'Segments')}</h2>
    <table class="tabel">
      <thead>
        <tr>
          ${head.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${segments.map(
          (segment) =>
            html`<tr>
              <th scope="row">${segment.name}</th>
              <td>${named(PURPOSE, segment.purpose, language)}</td>
              <td>${named(STATUS, segment.status, language)}</td>
              <td class="number">${formatNumber(segment.devices, language)}</td>
              <td>
                ${segment.scannedAt === null ? say(language, 'aldrig', 'never') : formatTime(segment.scannedAt, language)}
              </td>
              <td>
                ${segment.scannedAt === null ? '–' : coverageCell(segment.coverage, segment.complete, language)}
                ${segment.activities.map((activity) => html`<small>${activityText(activity, language)}</small>`)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`
}
