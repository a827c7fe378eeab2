/** What texts have said before: devices of one model and firmware say the same, and a fleet has few of them. */
import type { Knowledge } from '../knowledge/knowledge.ts'
import type { Claim } from './claim.ts'

/** Of one evidence kind; what is remembered is thrown away when it grows beyond this. */
const MAX_TEXTS = 4_096
/** Longer texts hold what differs from device to device. */
const MAX_LENGTH = 400

type Texts = Map<string, readonly Claim[]>

const memories = new WeakMap<Knowledge, Map<string, Texts>>()

/**
 * Claims of a text, made at most once as long as they are remembered. Claims are never changed, so that devices can
 * share them.
 */
export function rememberClaims(
  knowledge: Knowledge,
  kind: string,
  text: string,
  make: () => readonly Claim[],
): readonly Claim[] {
  if (text.length > MAX_LENGTH) return make()
  let kinds = memories.get(knowledge)
  if (!kinds) memories.set(knowledge, (kinds = new Map()))
  let texts = kinds.get(kind)
  if (!texts) kinds.set(kind, (texts = new Map()))
  const known = texts.get(text)
  if (known) return known
  const claims = make()
  if (texts.size >= MAX_TEXTS) texts.clear()
  texts.set(text, claims)
  return claims
}
