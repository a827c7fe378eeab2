/** Reads several columns of one table side by side, within its limits, and says where it was cut. */
import type { Cut } from '@ophav/shared'
import { PacketLimitError } from '../snmp/conversation-socket.ts'
import { isSpoiled, outcomeOf } from '../snmp/outcome.ts'
import type { SnmpSession } from '../snmp/session.ts'
import { follows } from '../snmp/walk.ts'

/** The values of one row by column; a column may lack what others have. */
export type Cells<Column extends string> = Partial<Record<Column, unknown>>

export interface Walked<Column extends string> {
  /** By what stands behind the column in the object's identifier: `3`, `1.10.0.0.1`. */
  rows: Map<string, Cells<Column>>
  /** Null where the table was read to its end. */
  cut: Cut | null
}

export interface Bounds {
  rows: number
  /** Objects in one question. */
  objects: number
  /** On the clock of `performance.now`. */
  until: number
}

/** @throws what is none of the device's: a stopped scan, the guard, a defect */
export async function walkTable<Column extends string>(
  session: SnmpSession,
  columns: Readonly<Record<Column, string>>,
  bounds: Bounds,
): Promise<Walked<Column>> {
  const walked: Walked<Column> = { rows: new Map(), cut: null }
  const heads = (Object.entries(columns) as [Column, string][]).map(([name, oid]) => ({
    name,
    oid,
    last: oid,
  }))
  // One column that is missing spoils the whole answer of version 1 (RFC 1157 4.1.3).
  const groups = session.hasBulk ? [heads] : heads.map((head) => [head])
  for (const group of groups) {
    walked.cut = (await walkGroup(session, group, bounds, walked.rows)) ?? walked.cut
    if (walked.cut !== null) break
  }
  return walked
}

interface Head<Column extends string> {
  name: Column
  oid: string
  /** The object that was read last. */
  last: string
}

async function walkGroup<Column extends string>(
  session: SnmpSession,
  heads: readonly Head<Column>[],
  bounds: Bounds,
  rows: Map<string, Cells<Column>>,
): Promise<Cut | null> {
  let open = [...heads]
  while (open.length > 0) {
    if (performance.now() >= bounds.until) return 'time'
    const asked = open
    const each = Math.max(1, Math.floor(bounds.objects / asked.length))
    const answer = await nextOf(session, asked, each)
    if (typeof answer === 'string') return answer
    open = []
    for (const [position, head] of asked.entries()) {
      const taken = take(head, answer[position] ?? [], bounds.rows, rows)
      if (taken === 'more') open.push(head)
      else if (taken !== 'end') return taken
    }
  }
  return null
}

async function nextOf<Column extends string>(
  session: SnmpSession,
  heads: readonly Head<Column>[],
  each: number,
): Promise<Awaited<ReturnType<SnmpSession['nextOfEach']>> | Cut> {
  try {
    return await session.nextOfEach(
      heads.map(({ last }) => last),
      each,
    )
  } catch (error) {
    if (error instanceof PacketLimitError) return 'packets'
    // Version 1 says noSuchName at the end of what it has (RFC 1157 4.1.3).
    if (isSpoiled(error) && !session.hasBulk) return []
    if (session.isClosed) return 'time'
    if (outcomeOf(error) === null) throw error
    return 'silence'
  }
}

/** Takes what belongs to the column. @returns whether there may be more, or why it ends */
function take<Column extends string>(
  head: Head<Column>,
  found: readonly { oid: string; value: unknown }[],
  maxRows: number,
  rows: Map<string, Cells<Column>>,
): 'more' | 'end' | Cut {
  for (const { oid, value } of found) {
    // Devices exist that answer in circles, inside the column or by jumping back before it.
    if (!follows(oid, head.last)) return 'order'
    if (!oid.startsWith(`${head.oid}.`)) return 'end'
    const index = oid.slice(head.oid.length + 1)
    const known = rows.get(index)
    if (!known && rows.size >= maxRows) return 'rows'
    head.last = oid
    if (known) known[head.name] = value
    else rows.set(index, { [head.name]: value } as Cells<Column>)
  }
  return found.length > 0 ? 'more' : 'end'
}
