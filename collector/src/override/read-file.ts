/** A file of own rules as it is taken: read, checked with its examples, with what it changes of the shipped ones. */
import { basename } from 'node:path'
import { checkOverride, type Knowledge, type ShippedChange } from '@ophav/oui'
import { OphavError, type Override, type RuleProblem } from '@ophav/shared'
import { readOverrideFile } from '@ophav/shared/override'

export interface CheckedFile {
  fileName: string
  problems: (RuleProblem & { line: number | null })[]
  changes: ShippedChange[]
  /** Null where there are problems. */
  usable: { override: Override; knowledge: Knowledge } | null
}

/** @throws OphavError `rule.file-unreadable` */
export function checkFile(path: string): CheckedFile {
  const { override, problems, lineOf } = readOverrideFile(path)
  const checked = override === null ? { problems, changes: [], knowledge: null } : checkOverride(override)
  return {
    fileName: basename(path),
    problems: checked.problems.map((problem) => ({ ...problem, line: lineOf(problem.place) })),
    changes: checked.changes,
    usable:
      override === null || checked.knowledge === null ? null : { override, knowledge: checked.knowledge },
  }
}

/** @throws OphavError `rule.invalid` */
export function usableOf({ fileName, problems, usable }: CheckedFile): NonNullable<CheckedFile['usable']> {
  if (!usable) throw new OphavError('rule.invalid', { file: fileName, faults: problems.length })
  return usable
}
