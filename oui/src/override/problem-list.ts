/** Collects what is wrong with own rules, each with its place in the file. */
import type { RuleProblem } from '@ophav/shared'

export class ProblemList {
  readonly problems: RuleProblem[] = []

  add(code: RuleProblem['code'], place: string, detail: RuleProblem['detail'] = {}): void {
    this.problems.push({ code, place, detail })
  }

  /** A second rule about the same thing, wherever the first one stands. */
  once(seen: Map<string, string>, key: string, place: string): void {
    const first = seen.get(key)
    if (first === undefined) seen.set(key, place)
    else this.add('rule.doubled', place, { first })
  }
}
