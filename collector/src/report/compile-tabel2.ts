/** Tabel 2 from Tabel 1 and prices: what replacing the counted devices costs. */
import type { Selectable } from 'kysely'
import type { HardwareTypeTable } from '../store/table.ts'
import type { Tabel1, Tabel2 } from './document.ts'
import { formatNumber, WORDING, type Language } from './wording.ts'

/** Prices are in thousand DKK with at most three decimals: whole kroner. Sums are made in kroner, which are exact. */
const KRONER = 1000

export function compileTabel2(
  tabel1: Tabel1,
  types: readonly Selectable<HardwareTypeTable>[],
  priceYear: string,
  language: Language,
): Tabel2 {
  const words = WORDING[language]
  const rows = types.map((type) => {
    const count = tabel1.rows.find((row) => row.key === type.key)?.total ?? 0
    const unitPrice = type.unit_price
    const total = unitPrice === null ? null : (count * Math.round(unitPrice * KRONER)) / KRONER
    return {
      key: type.key,
      label: language === 'da' ? type.cost_label_da : type.cost_label_en,
      count,
      unitPrice,
      total,
      ...(total === null || Number.isInteger(total)
        ? {}
        : { printedTotal: formatNumber(total, language, { min: 2 }) }),
    }
  })
  const grandTotal = rows.reduce((sum, row) => sum + Math.round((row.total ?? 0) * KRONER), 0) / KRONER
  const unpriced = rows.filter((row) => row.total === null && row.count > 0)
  return {
    format: 'ophav.tabel2/1',
    title: words.tabel2Title(priceYear),
    unit: words.tabel2Unit,
    columns: words.tabel2Columns,
    asOf: tabel1.asOf,
    rows,
    grandTotal,
    printedGrandTotal: formatNumber(grandTotal, language),
    notes: [...words.tabel2Notes, ...unpriced.map((row) => words.noPrice(row.label))],
  }
}
