/** What devices are identified with: what the product ships, under the rules of the organisation that are in force. */
import { applyOverride, shippedBase, shippedKnowledge, type Knowledge } from '@ophav/oui'
import { OphavError } from '@ophav/shared'
import { parseOverride } from '@ophav/shared/override'
import type { Db } from '../store/open.ts'
import { versionInForce } from './read.ts'

/** By the hash of the rules, so that what was made once serves every batch. */
const made = new Map<string, Knowledge>()

/** The version in force, the one before it, and one that is tried. */
const MAX_MADE = 3

/**
 * Asked anew in each transaction: a command that another process ran holds at once, without a restart.
 * @throws OphavError `rule.stored-unreadable`
 */
export async function loadKnowledge(db: Db): Promise<Knowledge> {
  const version = await versionInForce(db)
  if (!version) return shippedKnowledge()
  const known = made.get(version.sha256)
  if (known) return known
  const row = await db
    .selectFrom('override')
    .select('body')
    .where('id', '=', version.id)
    .executeTakeFirstOrThrow()
  const knowledge = applyStored(version.id, row.body)
  if (made.size >= MAX_MADE) made.delete(made.keys().next().value ?? '')
  made.set(version.sha256, knowledge)
  return knowledge
}

/**
 * A newer program may read less than the one that took the rules. It says so and identifies nothing, because figures
 * without the rules would be others; agents keep what they saw until the rules are imported anew or withdrawn.
 */
function applyStored(version: number, body: string): Knowledge {
  try {
    return applyOverride(shippedBase(), parseOverride(JSON.parse(body)))
  } catch (cause) {
    throw new OphavError(
      'rule.stored-unreadable',
      { version, problem: cause instanceof Error ? cause.message : '' },
      { cause },
    )
  }
}
