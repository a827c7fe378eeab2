/** `audit`: every packet that this agent sent, by batch. */
import { printable } from '@ophav/shared/value'
import { openStateDirectory } from '../state/directory.ts'
import { readSent, type SentRow } from '../spool/sent.ts'
import { EXIT, type ExitCode } from './exit.ts'

export interface AuditOptions {
  state?: string
  json?: boolean
  segment?: string
  last?: number
}

const DEFAULT_LAST = 1_000

/** @throws OphavError `spool.*`, `state.unwritable` */
export function audit(options: AuditOptions, print: (text: string) => void): ExitCode {
  const rows = readSent(openStateDirectory(options.state).spool, {
    limit: options.last ?? DEFAULT_LAST,
    ...(options.segment === undefined ? {} : { segment: options.segment }),
  })
  if (options.json) for (const row of rows) print(`${JSON.stringify(row)}\n`)
  else print(describeSent(rows))
  return EXIT.done
}

export function describeSent(rows: readonly SentRow[]): string {
  if (rows.length === 0) return 'Nothing was sent that is still on record.\n'
  const lines = rows.map((row) => {
    const from = new Date(row.beganAt).toISOString()
    const what =
      row.endedAt === null
        ? `cut off: at most ${row.packets} packets, not counted`
        : `${row.packets} packets to ${row.addresses ?? '?'} addresses in ${Math.max(0, (row.endedAt - row.beganAt) / 1000).toFixed(1)} s`
    return `${from}  ${printable(row.segment, 40)}  ${printable(row.probe, 40)}  ${what}  (policy ${row.revision})`
  })
  const counted = rows.filter(({ endedAt }) => endedAt !== null)
  const total = counted.reduce((sum, { packets }) => sum + packets, 0)
  return `${lines.join('\n')}\n${total} packets in ${counted.length} batches${counted.length < rows.length ? `, ${rows.length - counted.length} batches cut off` : ''}.\n`
}
