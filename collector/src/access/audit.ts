/** The audit trail: who changed what, when. */
import { userInfo } from 'node:os'
import type { Db } from '../store/open.ts'

/** What is done, in the words of the commands: `segment.approve`, `agent.revoke`. */
export interface AuditedAction {
  actor: string
  action: string
  subject: string
  /** No secrets: the trail is read by auditors and exported. */
  detail?: Record<string, unknown>
}

export async function recordAudit(
  db: Db,
  { actor, action, subject, detail = {} }: AuditedAction,
): Promise<void> {
  await db
    .insertInto('audit')
    .values({ at: new Date().toISOString(), actor, action, subject, detail: JSON.stringify(detail) })
    .execute()
}

/** The operating system's user: whoever can open the data directory acts under that name. */
export function localActor(): string {
  try {
    return `local:${userInfo().username}`
  } catch {
    // A container may run under a number without a name.
    return `local:uid-${process.getuid?.() ?? 'unknown'}`
  }
}
