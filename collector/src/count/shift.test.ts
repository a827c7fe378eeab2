import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countFigures, type DeviceGroup } from './count.ts'
import { compareFigures, shiftGroups, ShiftSum, type GroupKey } from './shift.ts'

const groupKey = fc.record<GroupKey>({
  hardwareType: fc.constantFrom('drone', 'router'),
  administration: fc.constantFrom(null, 'SOF', 'TMF'),
  chinese: fc.constantFrom('yes', 'no', 'contested', 'unknown'),
  discovered: fc.boolean(),
  registered: fc.constant(true),
})
const place = fc.option(groupKey)

/** The groups that a count of these devices would give. */
function grouped(devices: readonly (GroupKey | null)[]): DeviceGroup[] {
  const groups = new Map<string, DeviceGroup>()
  for (const device of devices) {
    if (!device) continue
    const key = JSON.stringify(device)
    const known = groups.get(key)
    if (known) known.count++
    else groups.set(key, { ...device, count: 1 })
  }
  return [...groups.values()]
}
const sorted = (groups: readonly DeviceGroup[]) => groups.map((group) => JSON.stringify(group)).sort()

test('groups that are shifted are the groups that would be counted', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place), { maxLength: 30 }), (moves) => {
      const sum = new ShiftSum()
      for (const [before, after] of moves) sum.move(before, after)
      const before = grouped(moves.map(([group]) => group))
      const after = grouped(moves.map(([, group]) => group))
      const shifted = shiftGroups(before, sum.shifts())
      expect(sorted(shifted)).toEqual(sorted(after))
      const total = (groups: DeviceGroup[]) =>
        countFigures(groups, [], []).reduce((count, figure) => count + figure.count, 0)
      const change = compareFigures(countFigures(before, [], []), countFigures(shifted, [], []))
      expect(change.reduce((by, figure) => by + figure.after - figure.before, 0)).toBe(
        total(after) - total(before),
      )
    }),
  )
})
