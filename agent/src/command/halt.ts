/** `halt`: the kill switch of this machine. */
import { isHalted, setHalt } from '../state/halt.ts'
import { openStateDirectory } from '../state/directory.ts'
import { EXIT, type ExitCode } from './exit.ts'

/** @throws OphavError `state.unwritable` */
export function halt(
  { state, release = false }: { state?: string; release?: boolean },
  print: (text: string) => void,
): ExitCode {
  const { halt: path } = openStateDirectory(state)
  setHalt(path, !release)
  print(
    isHalted(path)
      ? `Halted: a running scan stops within a second, and none begins while ${path} is there.\n`
      : 'Released: scans go on where they were.\n',
  )
  return EXIT.done
}
