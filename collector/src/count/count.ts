/** From rows to figures: for each hardware type and administration, what each source says and which one is used. */

/** Devices of critical installations, grouped. */
export interface DeviceGroup {
  hardwareType: string
  administration: string | null
  chinese: 'yes' | 'no' | 'contested' | 'unknown'
  discovered: boolean
  registered: boolean
  count: number
}

export interface DeclaredFigure {
  hardwareType: string
  administration: string
  low: number
  high: number
  statedBy: string
  statedOn: string
  note: string
}

/** Which source a figure takes. Null fits every type or administration; the most special rule decides. */
export interface CountRule {
  hardwareType: string | null
  administration: string | null
  source: Source
}

/**
 * - `declared-first` the declaration where one is in force, else the inventory: the rule where nothing else is said
 * - `inventory` discovered and registered, each device once
 */
export type Source = 'declared-first' | 'inventory' | 'discovered' | 'registered' | 'declared'

/** What the three sources say about Chinese-made devices of one type in one administration. */
export interface Figure {
  hardwareType: string
  /** Null: devices that no administration is known to own. */
  administration: string | null
  discovered: number
  registered: number
  /** Both discovered and registered: counted once. */
  both: number
  /** Discovered, registered, or both: each device once. */
  inventory: number
  declared: DeclaredFigure | null
  rule: Source
  /** What Tabel 1 uses. */
  used: 'inventory' | 'discovered' | 'registered' | 'declared'
  count: number
  estimate: { low: number; high: number } | null
}

export const DEFAULT_RULE: Source = 'declared-first'

/** @returns a figure for each type and administration of which any source says something. */
export function countFigures(
  groups: readonly DeviceGroup[],
  declarations: readonly DeclaredFigure[],
  rules: readonly CountRule[],
): Figure[] {
  const cells = new Map<
    string,
    {
      hardwareType: string
      administration: string | null
      groups: DeviceGroup[]
      declared: DeclaredFigure | null
    }
  >()
  const cell = (hardwareType: string, administration: string | null) => {
    const key = JSON.stringify([hardwareType, administration])
    const known = cells.get(key) ?? { hardwareType, administration, groups: [], declared: null }
    cells.set(key, known)
    return known
  }
  for (const group of groups)
    if (group.chinese === 'yes') cell(group.hardwareType, group.administration).groups.push(group)
  for (const declared of declarations)
    cell(declared.hardwareType, declared.administration).declared = declared
  return [...cells.values()].map(({ hardwareType, administration, groups: own, declared }) => {
    const sum = (fits: (group: DeviceGroup) => boolean) =>
      own.filter(fits).reduce((total, group) => total + group.count, 0)
    const counts = {
      discovered: sum((group) => group.discovered),
      registered: sum((group) => group.registered),
      inventory: sum((group) => group.discovered || group.registered),
    }
    const rule = ruleFor(hardwareType, administration, rules)
    const used = chooseSource(rule, declared !== null)
    return {
      hardwareType,
      administration,
      ...counts,
      both: sum((group) => group.discovered && group.registered),
      declared,
      rule,
      used,
      count: used === 'declared' ? (declared?.high ?? 0) : counts[used],
      estimate:
        used === 'declared' && declared && declared.low < declared.high
          ? { low: declared.low, high: declared.high }
          : null,
    }
  })
}

function ruleFor(hardwareType: string, administration: string | null, rules: readonly CountRule[]): Source {
  const fitting = rules.filter(
    (rule) =>
      (rule.hardwareType === null || rule.hardwareType === hardwareType) &&
      (rule.administration === null || rule.administration === administration),
  )
  const special = (rule: CountRule) =>
    (rule.hardwareType === null ? 0 : 2) + (rule.administration === null ? 0 : 1)
  return fitting.sort((a, b) => special(b) - special(a))[0]?.source ?? DEFAULT_RULE
}

function chooseSource(rule: Source, isDeclared: boolean): Figure['used'] {
  if (rule === 'declared-first') return isDeclared ? 'declared' : 'inventory'
  return rule
}

/** What the table does not count, by type: shown beside it, never guessed and never dropped. */
export interface Remainder {
  hardwareType: string
  unknownMaker: number
  contested: number
  notChinese: number
  /** Chinese, but of no known administration. */
  withoutAdministration: number
}

export function countRemainders(groups: readonly DeviceGroup[]): Remainder[] {
  const types = [...new Set(groups.map((group) => group.hardwareType))]
  return types.map((hardwareType) => {
    const sum = (fits: (group: DeviceGroup) => boolean) =>
      groups
        .filter((group) => group.hardwareType === hardwareType && fits(group))
        .reduce((total, group) => total + group.count, 0)
    return {
      hardwareType,
      unknownMaker: sum((group) => group.chinese === 'unknown'),
      contested: sum((group) => group.chinese === 'contested'),
      notChinese: sum((group) => group.chinese === 'no'),
      withoutAdministration: sum((group) => group.chinese === 'yes' && group.administration === null),
    }
  })
}
