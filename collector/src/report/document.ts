/** The two tables as documents: one schema each, which terminal, JSON, CSV and HTML all write. */
import { Type, type Static } from 'typebox'

const Count = Type.Integer({ minimum: 0 })

const Cell = Type.Object({
  /** The administration's key, or null for devices that no administration is known to own. */
  administration: Type.Union([Type.String(), Type.Null()]),
  count: Count,
  /** Present where the figure is a declared range; `count` is then its upper end. */
  estimate: Type.Optional(Type.Object({ low: Count, high: Count })),
  /** How the figure is printed where that is not the plain number. */
  printed: Type.Optional(Type.String()),
  source: Type.Enum(['inventory', 'discovered', 'registered', 'declared']),
})

export const Tabel1 = Type.Object(
  {
    format: Type.Literal('ophav.tabel1/1'),
    title: Type.String(),
    columns: Type.Array(Type.String()),
    /** RFC 3339: when the figures were counted. */
    asOf: Type.String(),
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        label: Type.String(),
        total: Count,
        printedTotal: Type.Optional(Type.String()),
        perAdministration: Type.Array(Cell),
      }),
    ),
    total: Count,
    printedTotal: Type.String(),
    footnotes: Type.Array(Type.String()),
    /** The rule by which sources are chosen, in words. */
    rule: Type.String(),
    /** What the figures do not say: unknown makers, contested origins, incomplete scans, old data. */
    gaps: Type.Array(Type.String()),
  },
  { $id: 'Tabel1' },
)
export type Tabel1 = Static<typeof Tabel1>
export type Tabel1Cell = Static<typeof Cell>

export const Tabel2 = Type.Object(
  {
    format: Type.Literal('ophav.tabel2/1'),
    title: Type.String(),
    unit: Type.String(),
    columns: Type.Array(Type.String()),
    asOf: Type.String(),
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        label: Type.String(),
        count: Count,
        /** Thousand DKK; null where no price is set. */
        unitPrice: Type.Union([Type.Number(), Type.Null()]),
        total: Type.Union([Type.Number(), Type.Null()]),
        printedTotal: Type.Optional(Type.String()),
      }),
    ),
    grandTotal: Type.Number(),
    printedGrandTotal: Type.String(),
    notes: Type.Array(Type.String()),
  },
  { $id: 'Tabel2' },
)
export type Tabel2 = Static<typeof Tabel2>

/** What the three sources say about each figure, and where they differ. */
export const SourceReport = Type.Object(
  {
    format: Type.Literal('ophav.sources/1'),
    asOf: Type.String(),
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        label: Type.String(),
        administration: Type.Union([Type.String(), Type.Null()]),
        discovered: Count,
        registered: Count,
        both: Count,
        inventory: Count,
        declared: Type.Union([
          Type.Object({
            low: Count,
            high: Count,
            statedBy: Type.String(),
            statedOn: Type.String(),
            note: Type.String(),
          }),
          Type.Null(),
        ]),
        used: Type.String(),
        count: Count,
        differs: Type.Boolean(),
      }),
    ),
  },
  { $id: 'SourceReport' },
)
export type SourceReport = Static<typeof SourceReport>
