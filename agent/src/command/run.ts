/** `run`: the service. */
import { errorCode } from '@ophav/shared/value'
import { runAgent, type AgentEvent } from '../schedule/run-agent.ts'
import { openStateDirectory } from '../state/directory.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { logEvent, openLog } from './log.ts'
import { openScanner } from './scanner.ts'
import { stopSignal } from './stop-signal.ts'

export interface RunOptions {
  state?: string
  once?: boolean
  portForwards?: string
  interface?: string
  logLevel: string
  /** MiB. */
  spoolLimit?: number
  version: string
}

/** A spool that was damaged while in use is set aside by the next start; more than one such in a row is a bad disk. */
const MAX_RESTARTS = 2

export async function runService(options: RunOptions): Promise<ExitCode> {
  const log = openLog(options.logLevel)
  const scanner = openScanner({ portForwards: options.portForwards, interfaceName: options.interface })
  const paths = openStateDirectory(options.state)
  const signal = stopSignal()
  let isWorking = true
  const work = () =>
    runAgent({
      paths,
      version: options.version,
      scan: scanner.scan,
      interfaces: scanner.interfaces,
      signal,
      once: options.once ?? false,
      ...(options.spoolLimit === undefined ? {} : { maxSpoolBytes: options.spoolLimit * 1024 * 1024 }),
      onEvent: (event: AgentEvent) => logEvent(log, event),
    })
  for (let restarts = 0; isWorking; restarts++)
    try {
      await work()
      isWorking = false
    } catch (error) {
      if (errorCode(error) !== 'spool.corrupt' || restarts >= MAX_RESTARTS) throw error
      log.error({ code: 'spool.corrupt' }, 'the spool was damaged while in use; starting over')
    }
  log.info(signal.aborted ? 'stopped' : 'done')
  return signal.aborted && options.once ? EXIT.incomplete : EXIT.done
}
