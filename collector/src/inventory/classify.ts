/** Which row of the tables a device falls in: by its class and its context, as the organisation has set it. */
import type { Selectable } from 'kysely'
import type { Db } from '../store/open.ts'
import type { ClassificationTable } from '../store/table.ts'

export interface Context {
  class: string | null
  purpose: string | null
  administration: string | null
}

export type Classify = (context: Context) => string | null

/** The first row that fits decides; a class without a row is in no table. */
export function classifyBy(rows: readonly Selectable<ClassificationTable>[]): Classify {
  return (context) =>
    rows.find(
      (row) =>
        row.class === context.class &&
        (row.purpose === null || row.purpose === context.purpose) &&
        (row.administration === null || row.administration === context.administration),
    )?.hardware_type ?? null
}

export const loadClassification = async (db: Db): Promise<Classify> =>
  classifyBy(await db.selectFrom('classification').selectAll().orderBy('position').orderBy('id').execute())
