/** `--rules`: identification with an organisation's own rules, from a file, for this run alone. */
import { checkOverride, describeShippedChange, shippedKnowledge, type Knowledge } from '@ophav/oui'
import { describeProblem, readOverrideFile } from '@ophav/shared/override'
import { OphavError, printable } from '@ophav/shared/value'

export interface RulesOptions {
  rules?: string
  acceptChanges?: boolean
}

/** Enough to see what kind of thing changes. */
const LISTED = 20

/**
 * @param say gets what is wrong, a line each
 * @returns what the product ships where no file is named
 * @throws OphavError `rule.file-unreadable`, `rule.invalid`, `rule.changes-shipped`
 */
export function knowledgeFor(
  { rules, acceptChanges = false }: RulesOptions,
  say: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Knowledge {
  if (rules === undefined) return shippedKnowledge()
  const { override, problems, lineOf } = readOverrideFile(rules)
  const checked = override === null ? { problems, changes: [], knowledge: null } : checkOverride(override)
  for (const problem of checked.problems) say(describeProblem(problem, 'en', lineOf(problem.place)))
  if (checked.knowledge === null)
    throw new OphavError('rule.invalid', { file: rules, faults: checked.problems.length })
  const { changes } = checked
  if (changes.length === 0 || acceptChanges) return checked.knowledge
  for (const change of changes.slice(0, LISTED)) say(printable(describeShippedChange(change), 400))
  if (changes.length > LISTED) say(`… and ${changes.length - LISTED} more`)
  throw new OphavError('rule.changes-shipped', { file: rules, examples: changes.length })
}
