/** What an organisation's own rules change beyond makers and fingerprints, as identification asks for it. */
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { PrefixTable } from './prefix-table.ts'

export interface OwnRules {
  /** The shipped knowledge: what it does not say, a rule says; what it alone says, a rule has set aside. */
  without: Knowledge
  prefixes: PrefixTable
  /** Makers that are never concluded. */
  silent: ReadonlySet<string>
  /** Makers whose ownership is the organisation's own statement. */
  owned: ReadonlySet<string>
}
