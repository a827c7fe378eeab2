/** Being told to stop: the first time orderly, the second time at once. */
import { EXIT } from './exit.ts'

/** Fires at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process. */
export function stopSignal(): AbortSignal {
  const stop = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(EXIT.incomplete)
      stop.abort()
    })
  return stop.signal
}
