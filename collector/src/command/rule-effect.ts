/** The effect of rules for a terminal: devices, then figures, then what stands beside the table. */
import Table from 'cli-table3'
import { printable } from '@ophav/shared'
import type { Effect } from '../override/preview.ts'

/** More lines than this nobody reads; `--json` has all. */
const LISTED = 200

const shown = (text: string | null): string => printable(text ?? '–', 60)

export function effectText({ changes, figures, remainders }: Effect): string {
  const devices = new Set(changes.map(({ device }) => device)).size
  const lines = changes
    .slice(0, LISTED)
    .map(
      ({ device, field, before, after }) => `device ${device} ${field}: ${shown(before)} -> ${shown(after)}`,
    )
  if (changes.length > LISTED) lines.push(`… and ${changes.length - LISTED} more; --json lists all.`)
  lines.push(`${changes.length} changes in ${devices} devices.`)
  lines.push(figures.length === 0 ? 'Tabel 1 stays as it is.' : figureTable(figures))
  for (const { hardwareType, before, after } of remainders)
    for (const [name, words] of [
      ['unknownMaker', 'of unknown make'],
      ['contested', 'contested'],
    ] as const)
      if ((before?.[name] ?? 0) !== (after?.[name] ?? 0))
        lines.push(`${hardwareType}, ${words}: ${before?.[name] ?? 0} -> ${after?.[name] ?? 0}`)
  return lines.join('\n')
}

function figureTable(figures: Effect['figures']): string {
  const table = new Table({
    head: ['Tabel 1', 'Administration', 'Before', 'After'],
    style: { head: [], border: [] },
  })
  for (const { hardwareType, administration, before, after } of figures)
    table.push([hardwareType, administration ?? '–', before, after])
  return table.toString()
}
