/** The example municipality as data: its organisation, its devices, its registers, its declarations. */
import { readFileSync } from 'node:fs'
import { fits } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import { Errors } from 'typebox/value'
import { parse } from 'yaml'
import { recordingNames } from '../device/recording.ts'

const Word = Type.String({ minLength: 1, maxLength: 80 })
const Count = Type.Integer({ minimum: 1, maximum: 200_000 })

/** Devices that answer on the wire, at addresses one after the other. */
export const DeviceGroup = Type.Object(
  {
    segment: Word,
    recording: Word,
    count: Count,
    /** First address. */
    from: Type.String({ pattern: '^[0-9]+(\\.[0-9]+){3}$' }),
    /** One model after the other; the recording's own where absent. */
    models: Type.Optional(Type.Array(Word, { minItems: 1 })),
  },
  { additionalProperties: false },
)
export type DeviceGroup = Static<typeof DeviceGroup>

/** Rows of an asset list. */
export const RegisterGroup = Type.Object(
  {
    count: Count,
    administration: Word,
    type: Word,
    maker: Word,
    models: Type.Array(Word, { minItems: 1 }),
    /** Serial numbers begin with it. */
    serial: Word,
  },
  { additionalProperties: false },
)

export const Register = Type.Object(
  {
    key: Word,
    title: Word,
    encoding: Type.Enum(['utf-8', 'utf-8-bom', 'windows-1252']),
    delimiter: Type.Enum([',', ';']),
    /** As `ophav-collector import --mapping` reads it; its columns are also those of the list. */
    mapping: Type.Object({ columns: Type.Record(Type.String(), Word) }, { additionalProperties: true }),
    rows: Type.Array(RegisterGroup),
    /** Devices on the wire that this list holds too: they count once. */
    repeats: Type.Optional(
      Type.Object(
        { segment: Word, recording: Word, count: Count, administration: Word, type: Word, maker: Word },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)
export type Register = Static<typeof Register>

export const Declaration = Type.Object(
  {
    type: Word,
    administration: Word,
    count: Type.Optional(Type.Integer({ minimum: 0 })),
    range: Type.Optional(Type.String({ pattern: '^[0-9]+-[0-9]+$' })),
    by: Word,
    note: Type.String({ maxLength: 400 }),
  },
  { additionalProperties: false },
)

export const Fleet = Type.Object(
  {
    /** As `ophav-collector config apply` reads it. */
    configuration: Type.Object(
      {
        segments: Type.Array(Type.Object({ key: Word }, { additionalProperties: true }), {
          minItems: 1,
          maxItems: 16,
        }),
      },
      { additionalProperties: true },
    ),
    devices: Type.Array(DeviceGroup),
    registers: Type.Array(Register),
    declarations: Type.Array(Declaration),
  },
  { additionalProperties: false },
)
export type Fleet = Static<typeof Fleet>

/** What is wrong with a fleet file, for the person who wrote it. */
export class FleetError extends Error {}

/** @throws FleetError */
export function readFleet(path: string): Fleet {
  let document: unknown
  try {
    document = parse(readFileSync(path, 'utf8'), { maxAliasCount: 10 })
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'there is no such file'
        : (cause as Error).message.split('\n')[0]
    throw new FleetError(`The fleet file ${path} cannot be read: ${reason}.`, { cause })
  }
  if (!fits(Fleet, document)) {
    const [error] = Errors(Fleet, document)
    throw new FleetError(
      `The fleet file ${path} does not fit at ${error?.instancePath || 'its top'}: ${error?.message ?? ''}.`,
    )
  }
  const segments = new Set(document.configuration.segments.map(({ key }) => key))
  const recordings = new Set(recordingNames())
  for (const { segment, recording } of document.devices) {
    if (!segments.has(segment))
      throw new FleetError(
        `The fleet file ${path} puts devices on the segment ${segment}, which it does not have.`,
      )
    if (!recordings.has(recording))
      throw new FleetError(
        `The fleet file ${path} asks for the recording ${recording}. There are: ${[...recordings].join(', ')}.`,
      )
  }
  return document
}
