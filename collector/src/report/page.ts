/** The pages: plain, readable, printable, in Danish or English, without a line of script. */
import { printable } from '@ophav/shared'
import type { Identity } from '@ophav/oui'
import type { SourceReport, Tabel1, Tabel2 } from './document.ts'
import { html, type Html } from './html.ts'
import type { DeviceRow, Overview } from './read-device.ts'
import { formatNumber, formatTime, WORDING, type Language } from './wording.ts'

const say = (language: Language, da: string, en: string): string => (language === 'da' ? da : en)

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

const CHINESE: Readonly<Record<string, readonly [string, string]>> = {
  yes: ['kinesisk', 'Chinese'],
  no: ['ikke kinesisk', 'not Chinese'],
  contested: ['omstridt', 'contested'],
  unknown: ['ukendt', 'unknown'],
}
const chinese = (value: string, language: Language): string =>
  CHINESE[value]?.[language === 'da' ? 0 : 1] ?? value

export function devicesPage(rows: readonly DeviceRow[], more: string | null, language: Language): Html {
  const head =
    language === 'da'
      ? ['Nr.', 'Fabrikat', 'Model', 'Klasse', 'Oprindelse', 'Forvaltning', 'Segment', 'Adresse']
      : ['No.', 'Maker', 'Model', 'Class', 'Origin', 'Administration', 'Segment', 'Address']
  return html`<table class="tabel">
      <thead>
        <tr>
          ${head.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              <td><a href="/devices/${row.id}?lang=${language}">${row.id}</a></td>
              <td>${printable(row.maker ?? '–')}</td>
              <td>${printable(row.model ?? '')}</td>
              <td>${row.class}</td>
              <td>${chinese(row.chinese, language)}</td>
              <td>${row.administration}</td>
              <td>${row.segment}</td>
              <td>${row.address}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length === 0 ? html`<p>${say(language, 'Ingen enheder.', 'No devices.')}</p>` : ''}${more ? html`<p><a rel="next" href="${more}">${say(language, 'Flere', 'More')}</a></p>` : ''}`
}

export function devicePage(row: DeviceRow, identity: Identity, language: Language): Html {
  const fact = (term: string, value: string | null) =>
    html`<dt>${term}</dt>
      <dd>${value === null || value === '' ? '–' : printable(value, 400)}</dd>`
  const { origin } = identity
  return html`<dl>
      ${fact(say(language, 'Fabrikat', 'Maker'), identity.maker)}${fact(say(language, 'Mærke', 'Brand'), identity.brand)}${fact('Model', identity.model ?? row.model)}${fact(say(language, 'Serienummer', 'Serial'), identity.serial ?? row.serial)}${fact(say(language, 'Klasse', 'Class'), row.class)}${fact(say(language, 'Oprindelse', 'Origin'), `${chinese(origin.chinese, language)}${origin.country ? ` (${origin.country})` : ''}`)}${fact(say(language, 'Ejer', 'Owner'), origin.owner)}${fact(say(language, 'Sikkerhed for fabrikat', 'Confidence in the maker'), formatNumber(identity.confidence, language))}${fact(say(language, 'Forvaltning', 'Administration'), row.administration)}${fact('Segment', row.segment)}${fact(say(language, 'Adresse', 'Address'), row.address)}
    </dl>
    <h2>${say(language, 'Begrundelse', 'Reasons')}</h2>
    <ul>
      ${identity.reasons.map((reason) => html`<li>${printable(reason.text, 400)}</li>`)}
    </ul>
    ${
      origin.sources.length > 0
        ? html`<h2>${say(language, 'Kilder til ejerskab', 'Sources of ownership')}</h2>
            <ul>
              ${origin.sources.map((source) => html`<li>${printable(source, 400)}</li>`)}
            </ul>`
        : ''
    }`
}

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
              <td>${segment.purpose}</td>
              <td>${segment.status}</td>
              <td class="number">${formatNumber(segment.devices, language)}</td>
              <td>
                ${segment.scannedAt === null ? say(language, 'aldrig', 'never') : formatTime(segment.scannedAt, language)}
              </td>
              <td>
                ${segment.scannedAt === null ? '–' : segment.complete ? say(language, 'fuldstændig', 'complete') : html`<span class="mark">${say(language, 'ikke fuldstændig', 'incomplete')}</span>`}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>`
}
