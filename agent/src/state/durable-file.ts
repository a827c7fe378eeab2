/** Files that are replaced as a whole: after a crash a reader finds the old text or the new one. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { OphavError } from '@ophav/shared'

const MODE = 0o600

/**
 * Writes the file and waits until the disk has it.
 * @throws OphavError `state.unwritable`
 */
export function writeDurably(path: string, text: string): void {
  const draft = `${path}.${process.pid}.draft`
  try {
    const file = openSync(draft, 'w', MODE)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(draft, path)
    syncDirectory(dirname(path))
  } catch (cause) {
    rmSync(draft, { force: true })
    throw new OphavError(
      'state.unwritable',
      { path, problem: String((cause as { code?: unknown }).code) },
      { cause },
    )
  }
}

/** A rename lies in the directory: without this a power failure can take it back. Windows knows no such thing. */
function syncDirectory(path: string): void {
  if (process.platform === 'win32') return
  const directory = openSync(path, 'r')
  try {
    fsyncSync(directory)
  } finally {
    closeSync(directory)
  }
}

/** @returns the text, or null when there is no such file. Other failures are thrown as they are. */
export function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
