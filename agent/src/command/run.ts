/** `run`: the service. */
import { errorCode } from '@ophav/shared/value'
import type { Obstacle } from '../schedule/gate.ts'
import { runAgent, type AgentEvent } from '../schedule/run-agent.ts'
import { SelfWatch } from '../isolation/self/watch.ts'
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
  const self = new SelfWatch()
  if (options.portForwards === undefined) {
    const { outcome, reasons } = await self.look()
    if (outcome === 'violation')
      log.error(
        { code: 'isolation.self-forwards', reasons },
        'this machine could connect networks: nothing is scanned',
      )
  }
  const held = new Set<Obstacle>()
  let isWorking = true
  const work = () =>
    runAgent({
      paths,
      version: options.version,
      scan: scanner.scan,
      listen: scanner.listen,
      interfaces: scanner.interfaces,
      // Through port forwards no segment is attached to this machine.
      forwards: () => options.portForwards === undefined && self.current.outcome === 'violation',
      signal,
      once: options.once ?? false,
      ...(options.spoolLimit === undefined ? {} : { maxSpoolBytes: options.spoolLimit * 1024 * 1024 }),
      onEvent: (event: AgentEvent) => {
        if (event.type === 'scan-held') held.add(event.obstacle)
        logEvent(log, event)
      },
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
  if (!options.once) return EXIT.done
  if (held.has('forwarding')) return EXIT.unfit
  return signal.aborted || held.size > 0 ? EXIT.incomplete : EXIT.done
}
