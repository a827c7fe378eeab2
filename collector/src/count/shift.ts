/** What figures become when devices move from one group to another: the counts as they would be, without writing. */
import type { DeviceGroup, Figure } from './count.ts'

export type GroupKey = Omit<DeviceGroup, 'count'>

/** So many devices more, or fewer, in a group. */
export interface GroupShift {
  group: GroupKey
  by: number
}

const keyOf = ({ hardwareType, administration, chinese, discovered, registered }: GroupKey): string =>
  JSON.stringify([hardwareType, administration, chinese, discovered, registered])

/** Sums up moves, however many devices make them. */
export class ShiftSum {
  readonly #shifts = new Map<string, GroupShift>()

  /** @param before null for a device that no figure counts; `after` likewise */
  move(before: GroupKey | null, after: GroupKey | null): void {
    if (before) this.#add(before, -1)
    if (after) this.#add(after, 1)
  }

  #add(group: GroupKey, by: number): void {
    const key = keyOf(group)
    const known = this.#shifts.get(key)
    if (known) known.by += by
    else this.#shifts.set(key, { group, by })
  }

  shifts(): GroupShift[] {
    return [...this.#shifts.values()].filter(({ by }) => by !== 0)
  }
}

/** The groups after the shifts; one that nobody is left in is gone. */
export function shiftGroups(groups: readonly DeviceGroup[], shifts: readonly GroupShift[]): DeviceGroup[] {
  const shifted = new Map(groups.map((group) => [keyOf(group), { ...group }]))
  for (const { group, by } of shifts) {
    const known = shifted.get(keyOf(group))
    if (known) known.count += by
    else shifted.set(keyOf(group), { ...group, count: by })
  }
  return [...shifted.values()].filter(({ count }) => count > 0)
}

export interface FigureChange {
  hardwareType: string
  administration: string | null
  before: number
  after: number
}

/** The figures of Tabel 1 that differ. */
export function compareFigures(before: readonly Figure[], after: readonly Figure[]): FigureChange[] {
  const cells = new Map<string, FigureChange>()
  const cell = ({ hardwareType, administration }: Figure): FigureChange => {
    const key = JSON.stringify([hardwareType, administration])
    const known = cells.get(key) ?? { hardwareType, administration, before: 0, after: 0 }
    cells.set(key, known)
    return known
  }
  for (const figure of before) cell(figure).before = figure.count
  for (const figure of after) cell(figure).after = figure.count
  return [...cells.values()].filter((change) => change.before !== change.after)
}
