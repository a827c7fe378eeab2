/** The statements of an import: compiled once, run for every row. */
import type { Insertable, Selectable } from 'kysely'
import { prepare } from '../store/prepare.ts'
import type { RegisterEntryTable } from '../store/table.ts'

type Entry = Selectable<RegisterEntryTable>
type NewEntry = Required<Omit<Insertable<RegisterEntryTable>, 'id'>>

const COLUMNS = [
  'import',
  'asset',
  'administration',
  'maker',
  'model',
  'serial',
  'mac',
  'class',
  'name',
  'purpose',
  'critical',
  'device',
] as const

const pick = (from: object) =>
  Object.fromEntries(COLUMNS.map((column) => [column, (from as Record<string, unknown>)[column]]))

export const entryByAsset = prepare<{ register: string; asset: string }, Entry>((db, p) =>
  db.selectFrom('register_entry').selectAll().where('register', '=', p.register).where('asset', '=', p.asset),
)

export const insertEntry = prepare<NewEntry, never>(
  (db, p) =>
    db.insertInto('register_entry').values({ register: p.register, ...pick(p) } as NewEntry) as never,
)

export const updateEntry = prepare<Omit<NewEntry, 'register'> & { id: number }, never>((db, p) => {
  const { id } = p
  return db.updateTable('register_entry').set(pick(p)).where('id', '=', id) as never
})
