/** The file in which an organisation writes rules of its own: what it knows better than the shipped knowledge. */
import { Type, type Static } from 'typebox'

export const OVERRIDE_FORMAT = 'ophav.rules/1'

/** A maker's name, a word, a line: what a person types. */
const Text = Type.String({ minLength: 1, maxLength: 300 })
const Texts = Type.Array(Text, { maxItems: 500 })
const ByClass = Type.Record(
  Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z][a-z0-9-]*$' }),
  Texts,
  {
    maxProperties: 60,
  },
)
/** RFC 3339 full-date. */
const Day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })
const Note = Type.Optional(Type.String({ maxLength: 1000 }))
const strict = { additionalProperties: false }

/** A maker of one's own (`name`), or more about one that is in the catalogue (`amend`). */
export const MakerRule = Type.Object(
  {
    name: Type.Optional(Text),
    amend: Type.Optional(Text),
    note: Note,
    /** The maker under whose name a new brand is counted. */
    of: Type.Optional(Text),
    role: Type.Optional(Type.Enum(['brand', 'contract-maker', 'module', 'nic', 'virtual', 'software'])),
    organisations: Type.Optional(Texts),
    words: Type.Optional(Texts),
    first: Type.Optional(Texts),
    enterprises: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 4_294_967_295 }), { maxItems: 500 }),
    ),
    /** `pattern = model, model`: the models are the examples. */
    products: Type.Optional(ByClass),
    /** Subtrees of sysObjectID below `1.3.6.1.4.1`. */
    objects: Type.Optional(ByClass),
    /** What everything is that a new maker makes. */
    only: Type.Optional(Type.String({ minLength: 1, maxLength: 40, pattern: '^[a-z][a-z0-9-]*$' })),
  },
  { ...strict, $id: 'MakerRule' },
)
export type MakerRule = Static<typeof MakerRule>

/** Whose adapters, cards or boards begin with these digits. */
export const PrefixRule = Type.Object(
  { prefix: Text, maker: Text, note: Note },
  { ...strict, $id: 'PrefixRule' },
)
export type PrefixRule = Static<typeof PrefixRule>

/** Who owns a maker, in place of what the catalogue says of it. */
export const OwnershipRule = Type.Object(
  {
    maker: Text,
    note: Note,
    contested: Type.Optional(Type.Boolean()),
    ndaa889: Type.Optional(Type.Boolean()),
    fccCovered: Type.Optional(Type.Boolean()),
    periods: Type.Array(
      Type.Object(
        {
          owner: Text,
          /** ISO 3166-1 alpha-2. */
          country: Type.String({ pattern: '^[A-Z]{2}$' }),
          from: Type.Optional(Day),
          /** The first day on which it is no longer so. */
          until: Type.Optional(Day),
          /** Where a reader can check it: a page, a case number. */
          source: Type.String({ minLength: 1, maxLength: 500 }),
          checked: Type.Optional(Day),
        },
        strict,
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  { ...strict, $id: 'OwnershipRule' },
)
export type OwnershipRule = Static<typeof OwnershipRule>

const Captured = Type.Optional(Text)

/** What a whole text proves: a template, what it says, and examples that are its tests. */
export const FingerprintRule = Type.Object(
  {
    kind: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-z0-9]+(\\.[A-Za-z0-9]+)*$' }),
    match: Text,
    note: Note,
    maker: Type.Optional(Text),
    brand: Type.Optional(Text),
    class: Type.Optional(Text),
    model: Type.Optional(Text),
    operatingSystem: Type.Optional(Text),
    software: Type.Optional(Type.Literal(true)),
    examples: Type.Array(
      Type.Object(
        {
          text: Type.String({ minLength: 1, maxLength: 2000 }),
          model: Captured,
          serial: Captured,
          firmware: Captured,
          mac: Captured,
          name: Captured,
          brand: Captured,
        },
        strict,
      ),
      { maxItems: 50 },
    ),
  },
  { ...strict, $id: 'FingerprintRule' },
)
export type FingerprintRule = Static<typeof FingerprintRule>

/** What is not to be concluded: one of a maker, a word in texts, a MAC prefix. */
export const SilenceRule = Type.Object(
  {
    maker: Type.Optional(Text),
    word: Type.Optional(Text),
    prefix: Type.Optional(Text),
    note: Note,
  },
  { ...strict, $id: 'SilenceRule' },
)
export type SilenceRule = Static<typeof SilenceRule>

export const Override = Type.Object(
  {
    format: Type.Literal(OVERRIDE_FORMAT),
    note: Note,
    makers: Type.Optional(Type.Array(MakerRule, { maxItems: 1000 })),
    prefixes: Type.Optional(Type.Array(PrefixRule, { maxItems: 5000 })),
    ownership: Type.Optional(Type.Array(OwnershipRule, { maxItems: 1000 })),
    fingerprints: Type.Optional(Type.Array(FingerprintRule, { maxItems: 1000 })),
    silence: Type.Optional(Type.Array(SilenceRule, { maxItems: 1000 })),
  },
  { ...strict, $id: 'Override' },
)
export type Override = Static<typeof Override>
