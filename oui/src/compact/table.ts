/** Generated data in one file: a header of JSON, then typed arrays and texts, read without parsing. */
import { readFileSync } from 'node:fs'

const MAGIC = 'OPHAVT1\n'
const ALIGNMENT = 8

type Section = { name: string; type: 'u16' | 'u32' | 'f64' | 'text'; offset: number; octets: number }

interface Header {
  /** ISO date of the data. */
  date: string
  source: string
  sections: Section[]
}

export interface CompactTable {
  date: string
  source: string
  u16(name: string): Uint16Array
  u32(name: string): Uint32Array
  f64(name: string): Float64Array
  octets(name: string): Buffer
}

/** @throws Error where the file is none of these: it ships with the program, so that is a defect */
export function readTable(url: URL): CompactTable {
  const file = readFileSync(url)
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new Error(`${url.pathname} is no table`)
  const headerLength = file.readUInt32LE(MAGIC.length)
  const start = MAGIC.length + 4
  const header = JSON.parse(file.toString('utf8', start, start + headerLength)) as Header
  const base = align(start + headerLength)
  // Typed arrays need their own alignment, which a buffer from the pool does not promise.
  const data = file.buffer.slice(file.byteOffset + base, file.byteOffset + file.length)
  const find = (name: string): Section => {
    const section = header.sections.find((candidate) => candidate.name === name)
    if (!section) throw new Error(`${url.pathname} has no section ${name}`)
    return section
  }
  return {
    date: header.date,
    source: header.source,
    u16: (name) => new Uint16Array(data, find(name).offset, find(name).octets / 2),
    u32: (name) => new Uint32Array(data, find(name).offset, find(name).octets / 4),
    f64: (name) => new Float64Array(data, find(name).offset, find(name).octets / 8),
    octets: (name) => Buffer.from(data, find(name).offset, find(name).octets),
  }
}

/** What a table holds, by section. */
export type Contents = Record<string, Uint16Array | Uint32Array | Float64Array | Buffer>

const align = (offset: number): number => Math.ceil(offset / ALIGNMENT) * ALIGNMENT

export function writeTable({ date, source }: { date: string; source: string }, contents: Contents): Buffer {
  let offset = 0
  const sections = Object.entries(contents).map(([name, array]): Section => {
    const section = { name, type: typeOf(array), offset, octets: array.byteLength }
    offset = align(offset + array.byteLength)
    return section
  })
  const header = Buffer.from(JSON.stringify({ date, source, sections }))
  const base = align(MAGIC.length + 4 + header.length)
  const file = Buffer.alloc(base + offset)
  file.write(MAGIC, 0, 'latin1')
  file.writeUInt32LE(header.length, MAGIC.length)
  header.copy(file, MAGIC.length + 4)
  Object.values(contents).forEach((array, index) =>
    Buffer.from(array.buffer, array.byteOffset, array.byteLength).copy(
      file,
      base + (sections[index]?.offset ?? 0),
    ),
  )
  return file
}

function typeOf(array: Uint16Array | Uint32Array | Float64Array | Buffer): Section['type'] {
  if (array instanceof Uint16Array) return 'u16'
  if (array instanceof Uint32Array) return 'u32'
  return array instanceof Float64Array ? 'f64' : 'text'
}

/** Texts one after the other: text `n` lies from offset `n` to offset `n + 1`. */
export function packTexts(texts: readonly string[]): { offsets: Uint32Array; octets: Buffer } {
  const buffers = texts.map((text) => Buffer.from(text))
  const offsets = new Uint32Array(texts.length + 1)
  buffers.forEach((buffer, index) => (offsets[index + 1] = (offsets[index] ?? 0) + buffer.length))
  return { offsets, octets: Buffer.concat(buffers) }
}

/** The place of a value in a sorted array, or -1. */
export function search(sorted: Uint32Array | Float64Array, value: number): number {
  let low = 0
  let high = sorted.length - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = sorted[middle] as number
    if (found === value) return middle
    if (found < value) low = middle + 1
    else high = middle - 1
  }
  return -1
}
