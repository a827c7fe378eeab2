/** Declarations: a figure or a range that an administration states, with a person, a date and a note. */
import { OphavError } from '@ophav/shared'
import type { Selectable } from 'kysely'
import { findAdministration } from '../administration/read.ts'
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import type { DeclarationTable } from '../store/table.ts'

export type Declaration = Selectable<DeclarationTable>

export interface NewDeclaration {
  hardwareType: string
  administration: string
  low: number
  /** Equal to `low` for a figure that is no estimate. */
  high: number
  statedBy: string
  /** RFC 3339 full-date */
  statedOn: string
  note: string
}

/** More devices of one kind than this in one administration is a slip of the finger. */
const MAX_COUNT = 10_000_000

/** "5" or "200-300". @throws OphavError `declaration.invalid` */
export function parseFigure(text: string): { low: number; high: number } {
  const match = /^(\d{1,8})(?:\s*[-–]\s*(\d{1,8}))?$/.exec(text.trim())
  const low = Number(match?.[1])
  const high = Number(match?.[2] ?? match?.[1])
  if (!match || high < low || high > MAX_COUNT) throw new OphavError('declaration.invalid', { given: text })
  return { low, high }
}

/**
 * Records a declaration; it replaces the one in force for the same type and administration, which stays on record.
 * @throws OphavError `declaration.invalid`, `type.unknown`, `administration.unknown`
 * @returns its number
 */
export async function declare(db: Db, declaration: NewDeclaration, actor: string): Promise<number> {
  const { hardwareType, administration, low, high, statedBy, statedOn, note } = declaration
  if (high < low || statedBy.trim() === '')
    throw new OphavError('declaration.invalid', { low, high, statedBy })
  if (Number.isNaN(Date.parse(statedOn)) || !/^\d{4}-\d{2}-\d{2}$/.test(statedOn))
    throw new OphavError('declaration.invalid', { date: statedOn })
  return db.transaction().execute(async (tx) => {
    await findAdministration(tx, administration)
    if (
      !(await tx.selectFrom('hardware_type').select('key').where('key', '=', hardwareType).executeTakeFirst())
    )
      throw new OphavError('type.unknown', { type: hardwareType })
    const now = new Date().toISOString()
    await tx
      .updateTable('declaration')
      .set({ withdrawn_at: now })
      .where('hardware_type', '=', hardwareType)
      .where('administration', '=', administration)
      .where('withdrawn_at', 'is', null)
      .execute()
    const row = await tx
      .insertInto('declaration')
      .values({
        hardware_type: hardwareType,
        administration,
        low,
        high,
        stated_by: statedBy,
        stated_on: statedOn,
        note,
        recorded_at: now,
        withdrawn_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await recordAudit(tx, {
      actor,
      action: 'declaration.record',
      subject: String(row.id),
      detail: { ...declaration },
    })
    return row.id
  })
}

/** @throws OphavError `declaration.unknown` */
export async function withdrawDeclaration(db: Db, id: number, actor: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('declaration')
      .set({ withdrawn_at: new Date().toISOString() })
      .where('id', '=', id)
      .where('withdrawn_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new OphavError('declaration.unknown', { id })
    await recordAudit(tx, { actor, action: 'declaration.withdraw', subject: String(id) })
  })
}

export const listDeclarations = (db: Db): Promise<Declaration[]> =>
  db.selectFrom('declaration').selectAll().where('withdrawn_at', 'is', null).orderBy('id').execute()
