/** The pages about devices: the list, and one device with the reasons for what is said of it. */
import type { Identity, Reason } from '@ophav/oui'
import { printable } from '@ophav/shared'
import { html, type Html } from './html.ts'
import { say } from './page.ts'
import type { DeviceRow } from './read-device.ts'
import { formatNumber, type Language } from './wording.ts'

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
      ${identity.reasons.map((reason) => html`<li>${ownMark(reason, language)}${printable(reason.text, 400)}</li>`)}
    </ul>
    ${
      origin.sources.length > 0
        ? html`<h2>${say(language, 'Kilder til ejerskab', 'Sources of ownership')}</h2>
            ${origin.own ? html`<p><strong>${say(language, 'Ejerskabet er angivet i organisationens egne regler.', 'The ownership is stated by the organisation’s own rules.')}</strong></p>` : ''}
            <ul>
              ${origin.sources.map((source) => html`<li>${printable(source, 400)}</li>`)}
            </ul>`
        : ''
    }`
}

/** Whether a reason is the organisation's own, or is one that its rules have set aside. */
function ownMark({ field, own }: Reason, language: Language): Html | string {
  const mark = (words: string) => html`<em>${words}</em> `
  if (field === 'withheld')
    return mark(say(language, 'Sat ud af kraft af en egen regel:', 'Set aside by an own rule:'))
  return own ? mark(say(language, 'Egen regel:', 'Own rule:')) : ''
}
