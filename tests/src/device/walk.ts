/** Reads what `snmpwalk -On` has written of a device, as objects of a recording. */
import type { ObjectValue } from './recording.ts'

const LINE = /^\.(\d+(?:\.\d+)+) = (.*)$/
const TYPED = /^([A-Za-z0-9-]+): ?(.*)$/s

/** @throws Error for a value of a type that no recording has */
export function readWalk(text: string): Record<string, ObjectValue> {
  const entries: [oid: string, value: string][] = []
  for (const line of text.split(/\r?\n/)) {
    const [, oid, value] = LINE.exec(line) ?? []
    const last = entries.at(-1)
    if (oid !== undefined && value !== undefined) entries.push([oid, value])
    // A text goes on over lines, and so do many octets.
    else if (last && line !== '') last[1] += `\n${line}`
  }
  return Object.fromEntries(entries.map(([oid, value]) => [oid, toValue(oid, value)]))
}

function toValue(oid: string, value: string): ObjectValue {
  if (value === '""') return ['string', '']
  const [, type = '', content = ''] = TYPED.exec(value) ?? []
  const number = Number(/-?\d+/.exec(content)?.[0])
  switch (type) {
    case 'STRING':
      return ['string', content.replace(/^"|"$/g, '').replace(/\\(.)/gs, '$1')]
    case 'Hex-STRING':
    case 'BITS':
      return ['hex', content.replace(/[^0-9A-Fa-f]/g, '')]
    case 'OID':
      return ['oid', content.replace(/^\./, '')]
    case 'IpAddress':
      return ['address', content.trim()]
    case 'INTEGER':
      return ['integer', number]
    case 'Counter32':
      return ['counter', number]
    case 'Gauge32':
      return ['gauge', number]
    case 'Timeticks':
      return ['ticks', number]
    default:
      throw new Error(`${oid} has a value of the type ${type || value}`)
  }
}
