/** Devices as a table for a terminal, as CSV and as JSON. */
import { stringify } from 'csv-stringify/sync'
import type { Identity } from '@ophav/oui'
import { printable, type Coverage } from '@ophav/shared/value'
import { describeCoverage } from './coverage-text.ts'
import type { FoundDevice } from './device.ts'
import { plainTable } from './plain-table.ts'

/** The longest cell: a model name is shorter, and a table must stay a table. */
const CELL_LENGTH = 40

const HEADINGS = ['address', 'MAC', 'maker', 'model', 'class', 'origin', 'confidence']

/** Text of the wire goes through `printable`: a device must not speak to the terminal. */
export function writeTable(devices: readonly FoundDevice[]): string {
  const isPlaced = devices.some(({ attachment, seenBy }) => attachment !== null || seenBy === 'network')
  return plainTable(
    isPlaced ? [...HEADINGS, 'attached to'] : HEADINGS,
    devices.map((device) => (isPlaced ? [...cells(device), attachedTo(device)] : cells(device))),
  )
}

function cells({ addresses, mac, identity }: FoundDevice): string[] {
  const more = addresses.length > 1 ? ` +${addresses.length - 1}` : ''
  return [
    `${addresses[0] ?? '-'}${more}`,
    mac ?? '-',
    shown(makerOf(identity)),
    shown(identity.model),
    shown(identity.class),
    originOf(identity),
    identity.maker === null ? '-' : `${Math.round(identity.confidence * 100)}%`,
  ]
}

/** `sw-1 Gi1/0/3 VLAN 20`; a star where only routers and switches know the device. */
function attachedTo({ attachment, seenBy }: FoundDevice): string {
  const star = seenBy === 'network' ? ' *' : ''
  if (attachment === null) return `-${star}`
  const { switch: name, port, vlan } = attachment
  return shown(`${name} ${port}${vlan === null ? '' : ` VLAN ${vlan}`}`) + star
}

/** A cell: a dash for nothing. */
export const shown = (text: string | null): string =>
  text === null ? '-' : printable(text, CELL_LENGTH) || '-'

/** The maker, with the name on the box where that is another. */
export function makerOf({ maker, brand, component }: Identity): string | null {
  if (maker !== null) return brand === null || brand === maker ? maker : `${maker} (${brand})`
  return brand ?? (component === null ? null : `unknown, ${component} inside`)
}

function originOf({ origin, maker, brand }: Identity): string {
  if (maker === null && brand === null) return '-'
  const country = origin.country ?? 'unknown'
  if (origin.chinese === 'yes') return `${country}, Chinese`
  return origin.chinese === 'contested' ? `${country}, contested` : country
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is escaped. */
export function writeCsv(devices: readonly FoundDevice[]): string {
  const rows = devices.map(({ addresses, mac, identity, probes, attachment, seenBy }) => [
    addresses.join(' '),
    mac,
    identity.maker,
    identity.brand,
    identity.model,
    identity.class,
    identity.serial,
    identity.firmware,
    identity.name,
    identity.origin.chinese,
    identity.origin.country,
    identity.confidence,
    probes.join(' '),
    seenBy,
    attachment?.switch,
    attachment?.port,
    attachment?.vlan,
  ])
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? printable(cell, 1000) : cell))),
    { header: true, columns: CSV_COLUMNS, escape_formulas: true },
  )
}

const CSV_COLUMNS =
  'address mac maker brand model class serial firmware name chinese country confidence probes seenBy switch port vlan'.split(
    ' ',
  )

/** Beyond what JSON escapes by itself: C1 controls and text direction, which a terminal would obey. */
const UNESCAPED = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** One document with everything, evidence too: unchanged for a program, and harmless to a terminal. */
export const writeJson = (devices: readonly FoundDevice[], coverage: Coverage | null): string =>
  `${JSON.stringify({ coverage, devices }, null, 2).replaceAll(
    UNESCAPED,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`

/** What the table does not show: how much of the scope it speaks of. */
export function summaryLines(devices: readonly FoundDevice[], coverage: Coverage | null): string {
  const unknown = devices.filter(({ identity }) => identity.maker === null).length
  const chinese = devices.filter(({ identity }) => identity.origin.chinese === 'yes').length
  const silent = devices.filter(({ seenBy }) => seenBy === 'network').length
  const lines = [`${devices.length} devices: ${chinese} of Chinese makers, ${unknown} of unknown make.`]
  if (silent > 0) lines.push(`* ${silent} answered nothing: routers and switches know them.`)
  if (coverage === null) lines.push('The scan did not end: this is what was found so far.')
  else {
    const seconds = (Date.parse(coverage.endedAt) - Date.parse(coverage.startedAt)) / 1000
    lines.push(
      `${coverage.inScope} addresses in scope, ${coverage.excluded} excluded, ${coverage.packetsSent} packets in ${seconds.toFixed(1)} s.`,
      ...describeCoverage(coverage),
    )
    for (const { probe, notChecked } of coverage.probes)
      if (notChecked) lines.push(`not checked, ${probe}: ${printable(notChecked, 500)}`)
  }
  return `${lines.join('\n')}\n`
}
