/** Prints what a benchmark has measured. */
import type { Cost } from './measure.ts'

export function printCosts(title: string, costs: readonly Cost[]): void {
  const rows = costs.map(({ name, wallSeconds, cpuSeconds, rssMb, recall }) => [
    name,
    wallSeconds.toFixed(2),
    cpuSeconds.toFixed(2),
    rssMb.toFixed(0),
    `${(recall * 100).toFixed(2)}%`,
  ])
  printRows(title, [`median of ${costs[0]?.runs ?? 0}`, 'wall s', 'CPU s', 'RSS MB', 'recall'], rows)
}

export function printRows(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = head.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
  process.stdout.write(`${title}\n${line(head)}\n${rows.map(line).join('\n')}\n`)
}
