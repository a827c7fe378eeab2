/** A file of own rules from disk. */
import { closeSync, openSync, readSync } from 'node:fs'
import { OphavError } from '../error/error.ts'
import { MAX_OVERRIDE_OCTETS, readOverride, type ReadOverride } from './read.ts'

/** @throws OphavError `rule.file-unreadable` where there is nothing to read; what is in the file never throws */
export const readOverrideFile = (path: string): ReadOverride => readOverride(readBounded(path))

/** No more than rules can be and one octet, whatever the file is: a device never ends. */
function readBounded(path: string): Uint8Array {
  const octets = Buffer.alloc(MAX_OVERRIDE_OCTETS + 1)
  let length = 0
  try {
    const file = openSync(path, 'r')
    try {
      for (let read = 1; read > 0 && length < octets.length; length += read)
        read = readSync(file, octets, length, octets.length - length, null)
    } finally {
      closeSync(file)
    }
  } catch (cause) {
    const problem = (cause as NodeJS.ErrnoException).code ?? ''
    throw new OphavError('rule.file-unreadable', { file: path, problem }, { cause })
  }
  return octets.subarray(0, length)
}
