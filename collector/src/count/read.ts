/** Reads what the counts reckon with. */
import { listDeclarations } from '../register/declare.ts'
import type { Db } from '../store/open.ts'
import type { CountRule, DeclaredFigure, DeviceGroup } from './count.ts'

/** Devices of critical installations that some source knows, grouped; answered from the index alone. */
export async function readDeviceGroups(db: Db): Promise<DeviceGroup[]> {
  const rows = await db
    .selectFrom('device')
    .select(['hardware_type', 'administration', 'chinese', 'discovered', 'registered'])
    .select((e) => e.fn.countAll().as('count'))
    .where('merged_into', 'is', null)
    .where('critical', '=', 1)
    .where('hardware_type', 'is not', null)
    .groupBy(['hardware_type', 'administration', 'chinese', 'discovered', 'registered'])
    .execute()
  return rows
    .filter((row) => row.discovered === 1 || row.registered === 1)
    .map((row) => ({
      hardwareType: row.hardware_type ?? '',
      administration: row.administration,
      chinese: row.chinese,
      discovered: row.discovered === 1,
      registered: row.registered === 1,
      count: Number(row.count),
    }))
}

export const readDeclaredFigures = async (db: Db): Promise<DeclaredFigure[]> =>
  (await listDeclarations(db)).map((row) => ({
    hardwareType: row.hardware_type,
    administration: row.administration,
    low: row.low,
    high: row.high,
    statedBy: row.stated_by,
    statedOn: row.stated_on,
    note: row.note,
  }))

export const readCountRules = async (db: Db): Promise<CountRule[]> =>
  (await db.selectFrom('count_rule').selectAll().execute()).map((row) => ({
    hardwareType: row.hardware_type,
    administration: row.administration,
    source: row.source,
  }))
