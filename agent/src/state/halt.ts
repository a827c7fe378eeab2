/** The kill switch: a file in the state directory. Anybody who can write there can stop the agent with it. */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { OphavError } from '@ophav/shared/value'

export const isHalted = (path: string): boolean => existsSync(path)

/** @throws OphavError `state.unwritable` */
export function setHalt(path: string, halted: boolean): void {
  try {
    if (halted) writeFileSync(path, 'Scanning is halted. `ophav-agent halt --release` ends that.\n')
    else rmSync(path, { force: true })
  } catch (cause) {
    throw new OphavError('state.unwritable', { path }, { cause })
  }
}
