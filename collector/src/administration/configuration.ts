/** A whole organisation in one file: what a first deployment applies, and what a second one can read. */
import { readFileSync } from 'node:fs'
import { FULL_PACE, Key, OphavError, parseAs, POLITE_PACE, SegmentSafety } from '@ophav/shared'
import { Type, type Static } from 'typebox'
import { parse } from 'yaml'
import { checkTimeZone } from '../segment/safety.ts'
import { addSegment, allocateRange } from '../segment/write.ts'
import type { Db } from '../store/open.ts'
import { putAdministration, putSetting, setUnitPrice } from './write.ts'

const Ranges = Type.Array(Type.String({ maxLength: 40 }), { maxItems: 256 })

export const Configuration = Type.Object(
  {
    organisation: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        short: Type.String({ minLength: 1, maxLength: 40 }),
        /** IANA name: scan windows are in it. */
        timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      },
      { additionalProperties: false },
    ),
    administrations: Type.Array(
      Type.Object(
        {
          key: Key,
          name: Type.String({ maxLength: 200 }),
          nameEn: Type.Optional(Type.String({ maxLength: 200 })),
        },
        { additionalProperties: false },
      ),
    ),
    segments: Type.Optional(
      Type.Array(
        Type.Object(
          {
            key: Key,
            name: Type.String({ minLength: 1, maxLength: 200 }),
            purpose: Type.String({ minLength: 1, maxLength: 40 }),
            administration: Type.Optional(Key),
            closed: Type.Optional(Type.Boolean()),
            critical: Type.Optional(Type.Boolean()),
            ranges: Ranges,
            exclusions: Type.Optional(Ranges),
            allocations: Type.Optional(Type.Record(Type.String(), Ranges)),
            passive: Type.Optional(Type.Boolean()),
            pace: Type.Optional(Type.Enum(['polite', 'full'])),
            safety: Type.Optional(SegmentSafety),
          },
          { additionalProperties: false },
        ),
      ),
    ),
    prices: Type.Optional(
      Type.Object(
        {
          year: Type.Integer({ minimum: 2000, maximum: 2100 }),
          thousandDkk: Type.Record(Type.String(), Type.Number({ minimum: 0 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { $id: 'Configuration', additionalProperties: false },
)
export type Configuration = Static<typeof Configuration>

/** @throws OphavError `configuration.invalid` with the field that does not fit */
export function readConfiguration(path: string): Configuration {
  let document: unknown
  try {
    document = parse(readFileSync(path, 'utf8'), { maxAliasCount: 10 })
  } catch (cause) {
    throw new OphavError(
      'configuration.invalid',
      { path, problem: (cause as Error).message.split('\n')[0] ?? '' },
      { cause },
    )
  }
  return parseAs(Configuration, document, 'configuration.invalid')
}

/** Applies what is new; segments stand as proposals until an operator approves them. */
export async function applyConfiguration(db: Db, configuration: Configuration, actor: string): Promise<void> {
  const { organisation, administrations, segments = [], prices } = configuration
  await putSetting(db, 'organisation.name', organisation.name, actor)
  await putSetting(db, 'organisation.short', organisation.short, actor)
  for (const { key, name, nameEn } of administrations)
    await putAdministration(db, { key, nameDa: name, ...(nameEn === undefined ? {} : { nameEn }) }, actor)
  if (organisation.timeZone !== undefined)
    await putSetting(db, 'organisation.timeZone', checkTimeZone(organisation.timeZone), actor)
  if (prices) await putSetting(db, 'price.year', String(prices.year), actor)
  for (const [type, price] of Object.entries(prices?.thousandDkk ?? {}))
    await setUnitPrice(db, type, price, actor)
  for (const segment of segments) {
    if (await db.selectFrom('segment').select('key').where('key', '=', segment.key).executeTakeFirst())
      continue
    await addSegment(
      db,
      {
        key: segment.key,
        name: segment.name,
        purpose: segment.purpose,
        administration: segment.administration ?? null,
        closed: segment.closed ?? false,
        critical: segment.critical ?? false,
        ranges: segment.ranges,
        exclusions: segment.exclusions ?? [],
        passive: segment.passive ?? false,
        pace: segment.pace === 'full' ? FULL_PACE : POLITE_PACE,
        ...(segment.safety === undefined ? {} : { safety: segment.safety }),
      },
      actor,
    )
    for (const [administration, ranges] of Object.entries(segment.allocations ?? {}))
      for (const range of ranges) await allocateRange(db, segment.key, range, administration, actor)
  }
}
