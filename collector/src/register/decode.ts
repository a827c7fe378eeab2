/** From the octets of an exported list to text: what spreadsheets and old systems really write. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** Enough to see the header and a good deal of the rows. */
const SAMPLE_OCTETS = 256 * 1024

/**
 * Guesses the encoding: byte order marks first; then UTF-8, which other text almost never is by accident; else
 * Windows-1252, which Danish Excel writes.
 */
export function guessEncoding(
  sample: Uint8Array,
  isWhole: boolean,
): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le'
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !isWhole })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

/** The delimiter that splits the header line most often outside quotes. */
export function guessDelimiter(text: string): string {
  const line = (/^(?:"(?:[^"]|"")*"|[^"\r\n])*/.exec(text)?.[0] ?? '').replace(/"(?:[^"]|"")*"/g, '')
  const counts = [';', ',', '\t', '|'].map((delimiter) => ({
    delimiter,
    count: line.split(delimiter).length,
  }))
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter
}

/** The text of a file, piece by piece, without a byte order mark. */
export async function* decodeFile(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true })
  yield decoder.decode()
}

/** The beginning of a file, and whether that is all of it. */
export async function sampleFile(path: string): Promise<{ sample: Uint8Array; isWhole: boolean }> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(SAMPLE_OCTETS), 0, SAMPLE_OCTETS, 0)
    return { sample: buffer.subarray(0, bytesRead), isWhole: bytesRead < SAMPLE_OCTETS }
  } finally {
    await file.close()
  }
}
