/** The fields of documents that devices give of themselves: XML, JSON and `key: value` lines. */

export type DocumentField = [name: string, value: string]

/** A device says who it is in less. */
const MAX_FIELDS = 256
const MAX_DEPTH = 8
const MAX_LENGTH = 16_384

/** @returns fields in the order in which they stand; what cannot be read yields none */
export function readDocumentFields(text: string): DocumentField[] {
  const trimmed = text.slice(0, MAX_LENGTH).trim()
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return jsonFields(trimmed)
  if (trimmed.startsWith('<'))
    return matches(trimmed, /<([A-Za-z][\w:.-]{0,60})(?:\s[^<>]{0,300})?>([^<>]{1,400})</g).map(
      ([name, value]) => [name, withoutEntities(value)],
    )
  return matches(trimmed, /^[ \t]{0,20}([A-Za-z][\w .-]{0,40}?)[ \t]{0,4}[:=][ \t]{0,4}([^\r\n]{1,400})$/gm)
}

function jsonFields(text: string): DocumentField[] {
  const fields: DocumentField[] = []
  const walk = (value: unknown, depth: number): void => {
    if (depth > MAX_DEPTH || typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (fields.length >= MAX_FIELDS) return
      if (typeof inner === 'string' || typeof inner === 'number') fields.push([name, String(inner)])
      else walk(inner, depth + 1)
    }
  }
  try {
    walk(JSON.parse(text), 0)
    return fields
  } catch {
    // Cut or redacted: what can be read counts.
    return matches(text, /"([A-Za-z][\w.-]{0,60})"\s{0,4}:\s{0,4}"([^"\\]{1,400})"/g)
  }
}

function matches(text: string, pattern: RegExp): DocumentField[] {
  const fields: DocumentField[] = []
  for (const match of text.matchAll(pattern)) {
    fields.push([match[1] ?? '', match[2] ?? ''])
    if (fields.length >= MAX_FIELDS) break
  }
  return fields
}

/** XML 1.0 4.6, predefined entities; others are left as they stand. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const withoutEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name] ?? '')
    : text
