/** Everything that is wrong with own rules before they are taken, and what they change of the shipped examples. */
import type { Override, RuleProblem } from '@ophav/shared'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { applyOverride, shippedBase, type Base } from './apply.ts'
import { checkEffect } from './check-effect.ts'
import { checkForm } from './check-form.ts'
import { shippedChanges, type ShippedChange } from './shipped-change.ts'

export interface CheckedOverride {
  problems: RuleProblem[]
  /** Shipped examples that are read in another way: to be accepted by a person. */
  changes: ShippedChange[]
  /** Null where there are problems. */
  knowledge: Knowledge | null
}

/** Pure. Takes about a tenth of a second: every shipped example is read twice. */
export function checkOverride(override: Override, base: Base = shippedBase()): CheckedOverride {
  const { problems } = checkForm(override, base.knowledge.makers)
  if (problems.length > 0) return { problems, changes: [], knowledge: null }
  const knowledge = applyOverride(base, override)
  const broken = checkEffect(override, knowledge, base.knowledge).problems
  if (broken.length > 0) return { problems: broken, changes: [], knowledge: null }
  return { problems: [], changes: shippedChanges(base, knowledge), knowledge }
}
