/** Writes the fleet's asset lists as files, in the encodings that such lists have. */
import { writeFileSync } from 'node:fs'
import { stringify } from 'csv-stringify/sync'
import type { FleetDevice } from './devices.ts'
import type { Register } from './fleet.ts'

type Row = Record<string, string>

/** A list's rows, by the fields that a mapping knows: asset, serial, maker, model, class, administration, name, mac. */
export function rowsOf(register: Register, devices: readonly FleetDevice[]): Row[] {
  const rows: Row[] = []
  for (const { count, administration, type, maker, models, serial } of register.rows)
    for (let index = 0; index < count; index++) {
      const number = String(index + 1).padStart(6, '0')
      rows.push({
        asset: `${register.key}-${rows.length + 1}`,
        serial: `${serial}${number}`,
        maker,
        model: models[index % models.length] ?? '',
        class: type,
        administration,
        name: `${administration}-${serial}${number}`,
      })
    }
  const { repeats } = register
  const repeated = repeats
    ? devices
        .filter(
          ({ segment, recording }) => segment === repeats.segment && recording.name === repeats.recording,
        )
        .slice(0, repeats.count)
    : []
  for (const { recording } of repeated)
    rows.push({
      asset: `${register.key}-${rows.length + 1}`,
      serial: recording.values.serial,
      maker: repeats?.maker ?? '',
      model: recording.values.model,
      class: repeats?.type ?? '',
      administration: repeats?.administration ?? '',
      mac: recording.values.mac,
    })
  return rows
}

/** @returns how many rows the list has */
export function writeRegister(path: string, register: Register, devices: readonly FleetDevice[]): number {
  const { columns } = register.mapping
  const rows = rowsOf(register, devices)
  const table = rows.map((row) =>
    Object.fromEntries(Object.entries(columns).map(([field, column]) => [column, row[field] ?? ''])),
  )
  const text = stringify(table, {
    header: true,
    columns: Object.values(columns),
    delimiter: register.delimiter,
    record_delimiter: 'windows',
  })
  writeFileSync(path, encode(text, register.encoding))
  return rows.length
}

function encode(text: string, encoding: Register['encoding']): Buffer {
  // Danish text has the same octets in both.
  if (encoding === 'windows-1252') return Buffer.from(text, 'latin1')
  return Buffer.from(encoding === 'utf-8-bom' ? `\uFEFF${text}` : text)
}
