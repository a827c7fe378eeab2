/** Says when what identification rests on has grown old. */
import { dataDates } from '@ophav/oui'

/** @returns a sentence where ownership or prefixes are older than a year: they decide what counts as Chinese */
export function staleKnowledge(now: Date): string | null {
  const old = dataDates(now).find(({ what, isStale }) => isStale && what !== 'enterprise numbers')
  return old
    ? `The knowledge of makers (${old.what}) is of ${old.date}, older than a year: update the program.`
    : null
}
