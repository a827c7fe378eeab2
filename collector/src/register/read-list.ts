/** Reads an asset list row by row into register entries; says which rows it cannot take, and why. */
import { Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { OphavError, parseMac } from '@ophav/shared'
import { decodeFile, guessDelimiter, guessEncoding, sampleFile } from './decode.ts'
import { FIELDS, type ColumnMapping, type Field } from './mapping.ts'

export interface ListedAsset {
  asset: string
  serial: string | null
  maker: string | null
  model: string | null
  class: string | null
  administration: string | null
  mac: string | null
  name: string | null
  purpose: string | null
  critical: boolean
}

export type ListRow =
  | { line: number; asset: ListedAsset }
  | { line: number; problem: 'no-key' | 'no-maker-and-model' | 'wrong-column-count' | 'unreadable' }

/** A field that is longer than this is no serial and no model: a broken quote swallowed the rest of the file. */
const MAX_FIELD = 2_000
const MAX_RECORD = 100_000

/**
 * @throws OphavError `register.file-unreadable`, `register.column-missing`
 */
export async function* readList(path: string, mapping: ColumnMapping): AsyncGenerator<ListRow> {
  const { sample, isWhole } = await readable(path)
  const encoding = guessEncoding(sample, isWhole)
  const head = new TextDecoder(encoding).decode(sample)
  const parser = parse({
    delimiter: guessDelimiter(head),
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
    info: true,
    max_record_size: MAX_RECORD,
  })
  const records = Readable.from(decodeFile(path, encoding)).pipe(parser)
  let at: Columns | null = null
  try {
    for await (const item of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (at === null) at = findColumns(item.record, mapping)
      else yield { line: item.info.lines, ...readRow(item.record, at, mapping) }
    }
  } catch (cause) {
    if (cause instanceof OphavError) throw cause
    const { message, lines } = cause as { message: string; lines?: number }
    throw new OphavError(
      'register.file-unreadable',
      { path, line: lines ?? null, problem: message.split('\n')[0] ?? '' },
      { cause },
    )
  }
  if (at === null)
    throw new OphavError('register.column-missing', { needs: wanted(mapping).join(', '), has: '' })
}

async function readable(path: string) {
  try {
    return await sampleFile(path)
  } catch (cause) {
    throw new OphavError(
      'register.file-unreadable',
      { path, problem: (cause as NodeJS.ErrnoException).code ?? '' },
      { cause },
    )
  }
}

interface Columns {
  width: number
  index: Partial<Record<Field, number>>
}

/** Headers differ in case, spaces and byte order marks from what people remember. */
const plain = (name: string): string =>
  name
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()

const wanted = (mapping: ColumnMapping): string[] =>
  Object.values(mapping.columns).filter((name) => name !== undefined)

function findColumns(header: string[], mapping: ColumnMapping): Columns {
  const names = header.map(plain)
  const index: Partial<Record<Field, number>> = {}
  const missing: string[] = []
  for (const field of FIELDS) {
    const column = mapping.columns[field]
    if (column === undefined) continue
    const found = names.indexOf(plain(column))
    if (found >= 0) index[field] = found
    else missing.push(column)
  }
  if (missing.length > 0)
    throw new OphavError('register.column-missing', {
      missing: missing.join(', '),
      has: header.slice(0, 40).join(', '),
    })
  return { width: header.length, index }
}

type Row = { asset: ListedAsset } | { problem: Extract<ListRow, { problem: unknown }>['problem'] }

function readRow(
  record: string[],
  { width, index }: Columns,
  { values = {}, constants = {} }: ColumnMapping,
): Row {
  if (record.length !== width) return { problem: 'wrong-column-count' }
  if (record.some((field) => field.length > MAX_FIELD)) return { problem: 'unreadable' }
  const field = (name: Field): string | null => {
    const text = index[name] === undefined ? '' : (record[index[name]] ?? '')
    return text === '' ? null : text
  }
  const translated = (name: 'class' | 'administration' | 'maker'): string | null => {
    const text = field(name)
    return text === null ? (constants[name] ?? null) : (values[name]?.[text] ?? text)
  }
  const serial = field('serial')
  const asset = field('asset') ?? serial
  if (asset === null) return { problem: 'no-key' }
  const maker = translated('maker')
  const model = field('model')
  if (maker === null && model === null) return { problem: 'no-maker-and-model' }
  return {
    asset: {
      asset,
      serial,
      maker,
      model,
      class: translated('class'),
      administration: translated('administration'),
      mac: parseMac(field('mac') ?? ''),
      name: field('name'),
      purpose: constants.purpose ?? null,
      critical: constants.critical ?? false,
    },
  }
}
