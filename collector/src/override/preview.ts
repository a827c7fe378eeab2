/** What rules change: device by device, and figure by figure of Tabel 1. Nothing is written here. */
import type { Knowledge } from '@ophav/oui'
import { countFigures, countRemainders, type Remainder } from '../count/count.ts'
import { readCountRules, readDeclaredFigures, readDeviceGroups } from '../count/read.ts'
import { compareFigures, shiftGroups, type FigureChange, type GroupShift } from '../count/shift.ts'
import { reidentify, type Change } from '../inventory/reidentify.ts'
import type { Db } from '../store/open.ts'

export interface Effect {
  changes: Change[]
  figures: FigureChange[]
  /** What stands beside the table: unknown makers and contested ones. */
  remainders: { hardwareType: string; before: Remainder | null; after: Remainder | null }[]
}

/** What would be concluded of every device with this knowledge. */
export async function previewEffect(db: Db, knowledge: Knowledge, actor: string): Promise<Effect> {
  const before = await readDeviceGroups(db)
  const { changes, shifts } = await reidentify(db, { apply: false, actor, knowledge })
  return { changes, ...(await compareCounts(db, before, shifts)) }
}

/** @param before the groups as they were when the shifts began */
export async function compareCounts(
  db: Db,
  before: Awaited<ReturnType<typeof readDeviceGroups>>,
  shifts: readonly GroupShift[],
): Promise<Omit<Effect, 'changes'>> {
  const after = shiftGroups(before, shifts)
  const declared = await readDeclaredFigures(db)
  const rules = await readCountRules(db)
  const remaindersBefore = countRemainders(before)
  const remaindersAfter = countRemainders(after)
  const types = new Set([...remaindersBefore, ...remaindersAfter].map(({ hardwareType }) => hardwareType))
  const of = (list: readonly Remainder[], type: string) =>
    list.find(({ hardwareType }) => hardwareType === type) ?? null
  return {
    figures: compareFigures(countFigures(before, declared, rules), countFigures(after, declared, rules)),
    remainders: [...types]
      .map((hardwareType) => ({
        hardwareType,
        before: of(remaindersBefore, hardwareType),
        after: of(remaindersAfter, hardwareType),
      }))
      .filter((pair) => JSON.stringify(pair.before) !== JSON.stringify(pair.after)),
  }
}
