/** Recordings: what a kind of device says over SNMP and mDNS, with gaps for what differs from one to the next. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { fits } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import { readWalk } from './walk.ts'

/** Types of SMIv2 (RFC 2578 7.1); `mac` is an octet string of six octets, `hex` one of any. */
const ObjectValue = Type.Union([
  Type.Tuple([Type.Enum(['string', 'oid', 'hex', 'mac', 'address']), Type.String()]),
  Type.Tuple([Type.Enum(['integer', 'counter', 'gauge', 'ticks']), Type.Integer()]),
])
export type ObjectValue = Static<typeof ObjectValue>

const Values = Type.Object(
  { mac: Type.String(), serial: Type.String(), name: Type.String(), model: Type.String() },
  { additionalProperties: false },
)
/** `mac` with colons; `name` is the device's name for itself. */
export type Values = Static<typeof Values>

const SnmpSpeech = Type.Object(
  {
    versions: Type.Array(Type.Enum(['1', '2c', '3'])),
    /** Hexadecimal; what an engine says to anybody (RFC 3414 4). */
    engineId: Type.Optional(Type.String()),
    objects: Type.Record(Type.String(), ObjectValue),
    /** A file under `walk/`, as `snmpwalk -On` has written it: more objects, where one is not in the list above. */
    walk: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)

const MdnsSpeech = Type.Object(
  {
    /** Without the domain. */
    host: Type.String(),
    services: Type.Array(
      Type.Object(
        {
          type: Type.String({ pattern: '^_[a-z0-9-]+\\._(tcp|udp)$' }),
          instance: Type.String(),
          port: Type.Integer(),
          txt: Type.Array(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    /** TXT of `_device-info._tcp`, which many implementations give without announcing it. */
    deviceInfo: Type.Optional(Type.Array(Type.String())),
  },
  { additionalProperties: false },
)

/** `{model}`, `{serial}`, `{name}`, `{mac}` and `{MAC}` (twelve capital digits) stand for the values. */
const Template = Type.Object(
  {
    title: Type.String(),
    /** What the device is: what an identification has to find out, and null where it cannot be found out. */
    truth: Type.Object(
      {
        maker: Type.Union([Type.String(), Type.Null()]),
        class: Type.Union([Type.String(), Type.Null()]),
        chinese: Type.Enum(['yes', 'no', 'contested', 'unknown']),
      },
      { additionalProperties: false },
    ),
    values: Values,
    snmp: Type.Optional(SnmpSpeech),
    mdns: Type.Optional(MdnsSpeech),
  },
  { additionalProperties: false },
)
type Template = Static<typeof Template>

/** A template with its gaps filled: one device. */
export interface Recording extends Template {
  name: string
}

/** The same place from the sources and from what is built of them. */
const DIRECTORY = new URL('../../src/device/recording/', import.meta.url)

/** Names of all recordings: `hikvision-camera`, `cisco-switch`, ... */
export const recordingNames = (): string[] =>
  readdirSync(fileURLToPath(DIRECTORY))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort()

const templates = new Map<string, Template>()

function readTemplate(name: string): Template {
  const known = templates.get(name)
  if (known) return known
  const template: unknown = JSON.parse(readFileSync(new URL(`${name}.json`, DIRECTORY), 'utf8'))
  if (!fits(Template, template)) throw new Error(`the recording ${name} does not fit its schema`)
  if (template.snmp?.walk !== undefined) {
    const walked = readWalk(readFileSync(new URL(`walk/${template.snmp.walk}.walk`, DIRECTORY), 'utf8'))
    template.snmp.objects = { ...walked, ...template.snmp.objects }
  }
  templates.set(name, template)
  return template
}

/**
 * @param values what this device has of its own; the recording's own values stand where none is given
 * @throws Error when there is no such recording, or it does not fit
 */
export function loadRecording(name: string, values: Partial<Values> = {}): Recording {
  const template = readTemplate(name)
  const given = { ...template.values, ...values }
  const MAC = given.mac.replaceAll(':', '').toUpperCase()
  // A device's serial number or name may itself be made of its MAC.
  const own = fill(given, { MAC }) as Values
  return { ...(fill(template, { ...own, MAC }) as Template), values: own, name }
}

/** Fills the gaps in every text of a document; its keys stay. */
function fill(part: unknown, values: Readonly<Record<string, string>>): unknown {
  if (typeof part === 'string') return part.replace(/\{(\w+)\}/g, (gap, key: string) => values[key] ?? gap)
  if (Array.isArray(part)) return part.map((item) => fill(item, values))
  if (part === null || typeof part !== 'object') return part
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, fill(value, values)]))
}
