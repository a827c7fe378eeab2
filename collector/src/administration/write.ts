/** What an organisation says about itself: its names, administrations, rows and prices. */
import { OphavError } from '@ophav/shared'
import { recordAudit } from '../access/audit.ts'
import type { Db } from '../store/open.ts'
import type { SettingTable } from '../store/table.ts'

export interface NewAdministration {
  key: string
  nameDa: string
  nameEn?: string
}

/** Adds an administration, or renames it. The order in which they are added is the order in the tables. */
export async function putAdministration(
  db: Db,
  { key, nameDa, nameEn }: NewAdministration,
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { last } = await tx
      .selectFrom('administration')
      .select((e) => e.fn.max('position').as('last'))
      .executeTakeFirstOrThrow()
    const names = { name_da: nameDa, name_en: nameEn ?? nameDa }
    await tx
      .insertInto('administration')
      .values({ key, ...names, position: last === null ? 0 : Number(last) + 1 })
      .onConflict((conflict) => conflict.column('key').doUpdateSet(names))
      .execute()
    await recordAudit(tx, { actor, action: 'administration.put', subject: key, detail: names })
  })
}

/** Sets what one device of a row costs, in thousand DKK. @throws OphavError `type.unknown` */
export async function setUnitPrice(db: Db, type: string, price: number, actor: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('hardware_type')
      .set({ unit_price: price })
      .where('key', '=', type)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new OphavError('type.unknown', { type })
    await recordAudit(tx, { actor, action: 'type.price', subject: type, detail: { price } })
  })
}

export async function putSetting(
  db: Db,
  key: SettingTable['key'],
  value: string,
  actor: string,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('setting')
      .values({ key, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute()
    await recordAudit(tx, { actor, action: 'setting.put', subject: key, detail: { value } })
  })
}

/** A setting, or the given default where the organisation has said nothing. */
export async function readSetting(db: Db, key: SettingTable['key'], otherwise: string): Promise<string> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? otherwise
}
