/** Files that hold a secret: readable by their owner alone, and whole or absent after a crash. */
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { OphavError } from '../error/error.ts'

/** Owner read and write only. On Windows the directory's access list protects the file. */
const SECRET_MODE = 0o600
const SECRET_DIRECTORY_MODE = 0o700

/** @returns the file's text, or null when there is no such file. */
export function readSecretFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new OphavError('secret.file-unreadable', { path }, { cause })
  }
}

/**
 * Writes a new secret. The file appears whole or not at all, and an existing one is never overwritten:
 * of two programs that start together, one wins and the other reads what it wrote.
 * @returns the text that the file holds now.
 */
export function createSecretFile(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: SECRET_DIRECTORY_MODE })
  const draft = `${path}.${process.pid}.draft`
  try {
    const file = openSync(draft, 'w', SECRET_MODE)
    try {
      writeSync(file, text)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    linkSync(draft, path)
    return text
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(path, 'utf8')
    throw new OphavError('secret.file-unwritable', { path }, { cause })
  } finally {
    rmSync(draft, { force: true })
  }
}
