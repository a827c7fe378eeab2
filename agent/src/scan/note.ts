/** Joins what a probe says about each piece of a scan into what it says about the scan. */

/** Numbers of addresses add up over the pieces; every other text is the same for each of them. */
const COUNTED = /\b(\d{1,10})( addresses)/

/** @param earlier notes joined with "; " */
export function joinNotes(earlier: string | undefined, added: string | undefined): string | undefined {
  const notes = new Map<string, string>()
  for (const note of [...split(earlier), ...split(added)]) {
    const key = note.replace(COUNTED, '#$2')
    const before = COUNTED.exec(notes.get(key) ?? '')?.[1]
    const sum = Number(before ?? 0) + Number(COUNTED.exec(note)?.[1] ?? 0)
    notes.set(key, note.replace(COUNTED, `${sum}$2`))
  }
  return notes.size > 0 ? [...notes.values()].join('; ') : undefined
}

const split = (notes: string | undefined): string[] => notes?.split('; ').filter(Boolean) ?? []
