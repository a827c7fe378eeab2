/** Takes in what routers and switches know, page by page, and notices when a reading has come to its end. */
import type { Observation, Presence, Subject, TablePage } from '@ophav/shared'
import type { Db } from '../store/open.ts'
import { dropPages, hasPages, savePage, touchPages } from './write.ts'

/** Whom an observation is about: the MAC where it is known, because an address changes hands. */
export const subjectKey = (subject: Subject): string => subject.mac ?? subject.address ?? ''

/** A clock that runs ahead must not make a device look seen tomorrow. */
export const notAfter = (at: string, now: string): string => (at > now ? now : at)

/** The readings of one batch. */
export class ReadingList {
  /** Segments in which a reading has ended: their topology is to be concluded anew. */
  readonly ended = new Set<string>()
  readonly #db: Db
  readonly #now: string
  /** Whether a probe reads tables on a segment. */
  readonly #reads = new Map<string, boolean>()

  constructor(db: Db, now: string) {
    this.#db = db
    this.#now = now
  }

  async apply(agent: string, entry: TablePage): Promise<void> {
    const { segment, probe, page, pages } = entry
    const where = { segment, probe, subject: subjectKey(entry.subject), kind: entry.table }
    await savePage(this.#db, {
      ...where,
      page,
      agent,
      cut: entry.cut ?? null,
      read_at: notAfter(entry.observedAt, this.#now),
      body: JSON.stringify(entry.rows),
    })
    await dropPages(this.#db, { ...where, pages })
    this.#reads.set(`${segment} ${probe}`, true)
  }

  /** What has not changed was not told again, and was read all the same. */
  async end(entry: Observation | Presence): Promise<void> {
    const { segment, probe } = entry
    const key = `${segment} ${probe}`
    let reads = this.#reads.get(key)
    if (reads === undefined) {
      reads = (await hasPages(this.#db, { segment, probe })).rows.length > 0
      this.#reads.set(key, reads)
    }
    if (!reads) return
    const at = notAfter(entry.type === 'presence' ? entry.seenAt : entry.observedAt, this.#now)
    await touchPages(this.#db, { segment, probe, subject: subjectKey(entry.subject), at })
    this.ended.add(segment)
  }
}
