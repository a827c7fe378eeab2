/** Columns for a terminal, without lines between them. */
import Table from 'cli-table3'

/** All that cli-table3 can draw between cells; without them the columns alone make the table. */
const BORDERS =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle'

/** @param rows of texts that are safe for a terminal */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: Object.fromEntries(BORDERS.split(' ').map((border) => [border, ''])),
  })
  for (const row of rows) table.push([...row])
  const lines = table.toString().split('\n')
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
