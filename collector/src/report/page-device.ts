/** The pages about devices: the list, and one device with the reasons for what is said of it. */
import { describeReason, type Identity, type Reason } from '@ophav/oui'
import { printable } from '@ophav/shared'
import type { Link } from '../topology/read.ts'
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
      ? [
          'Nr.',
          'Fabrikat',
          'Model',
          'Klasse',
          'Oprindelse',
          'Forvaltning',
          'Segment',
          'Adresse',
          'Switch',
          'Port',
          'VLAN',
        ]
      : [
          'No.',
          'Maker',
          'Model',
          'Class',
          'Origin',
          'Administration',
          'Segment',
          'Address',
          'Switch',
          'Port',
          'VLAN',
        ]
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
              <td>${printable(switchOf(row) ?? '')}</td>
              <td>${printable(row.port ?? '')}</td>
              <td>${row.vlan}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${rows.length === 0 ? html`<p>${say(language, 'Ingen enheder.', 'No devices.')}</p>` : ''}${more ? html`<p><a rel="next" href="${more}">${say(language, 'Flere', 'More')}</a></p>` : ''}`
}

/** Its name, else its number: a switch may have told none. */
const switchOf = (row: DeviceRow): string | null =>
  row.switch ?? (row.switchDevice === null ? null : `#${row.switchDevice}`)

/** "Gi1/0/3 (Kamera, indgang)", "20 (kamera)". */
const withName = (value: string | number | null, name: string | null): string | null =>
  value === null ? null : name === null ? String(value) : `${value} (${name})`

const SEEN_BY: Readonly<Record<string, readonly [string, string]>> = {
  probe: ['svar til agenten', 'answers to the agent'],
  network: [
    'routere og switche; den har aldrig selv svaret',
    'routers and switches; it has never answered itself',
  ],
}

function linksTable(links: readonly Link[], device: number, language: Language): Html | '' {
  if (links.length === 0) return ''
  const head =
    language === 'da'
      ? ['Enhed', 'Port', 'Nabo', 'Naboens port', 'Protokol', 'Set']
      : ['Device', 'Port', 'Neighbour', 'Its port', 'Protocol', 'Seen']
  const at = (id: number | null, name: string) =>
    id === null || id === device
      ? printable(name)
      : html`<a href="/devices/${id}?lang=${language}">${printable(name)}</a>`
  return html`<h2>${say(language, 'Forbindelser', 'Links')}</h2>
    <table class="tabel">
      <thead>
        <tr>
          ${head.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${links.map(
          (link) =>
            html`<tr>
              <td>${at(link.device, link.device === null ? link.subject : `#${link.device}`)}</td>
              <td>${printable(link.port_name ?? String(link.port))}</td>
              <td>${at(link.neighbour, link.name ?? link.address ?? link.mac ?? '–')}</td>
              <td>${printable(link.remote_port ?? '')}</td>
              <td>${link.protocol.toUpperCase()}</td>
              <td>${link.seen_at}</td>
            </tr>`,
        )}
      </tbody>
    </table>`
}

export function devicePage(
  row: DeviceRow,
  identity: Identity,
  links: readonly Link[],
  language: Language,
): Html {
  const fact = (term: string, value: string | null) =>
    html`<dt>${term}</dt>
      <dd>${value === null || value === '' ? '–' : printable(value, 400)}</dd>`
  const { origin } = identity
  return html`<dl>
      ${fact(say(language, 'Fabrikat', 'Maker'), identity.maker)}${fact(say(language, 'Mærke', 'Brand'), identity.brand)}${fact('Model', identity.model ?? row.model)}${fact(say(language, 'Serienummer', 'Serial'), identity.serial ?? row.serial)}${fact(say(language, 'Klasse', 'Class'), row.class)}${fact(say(language, 'Oprindelse', 'Origin'), `${chinese(origin.chinese, language)}${origin.country ? ` (${origin.country})` : ''}`)}${fact(say(language, 'Ejer', 'Owner'), origin.owner)}${fact(say(language, 'Sikkerhed for fabrikat', 'Confidence in the maker'), formatNumber(identity.confidence, language))}${fact(say(language, 'Forvaltning', 'Administration'), row.administration)}${fact('Segment', row.segment)}${fact(say(language, 'Adresse', 'Address'), row.address)}${fact(say(language, 'Kendt gennem', 'Known through'), row.seenBy === null ? null : (SEEN_BY[row.seenBy]?.[language === 'da' ? 0 : 1] ?? null))}${fact('Switch', switchOf(row))}${fact('Port', withName(row.port, row.portAlias))}${fact('VLAN', withName(row.vlan, row.vlanName))}${fact(say(language, 'Set på porten', 'Seen on the port'), row.attachedAt)}
    </dl>
    ${linksTable(links, row.id, language)}
    <h2>${say(language, 'Begrundelse', 'Reasons')}</h2>
    <ul>
      ${identity.reasons.map((reason) => html`<li>${ownMark(reason, language)}${printable(describeReason(reason, language), 400)}</li>`)}
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
