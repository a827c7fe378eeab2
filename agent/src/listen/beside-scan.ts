/** Listens for as long as a scan runs: what devices say meanwhile stands beside what they were asked. */
import type { Coverage } from '@ophav/shared'
import { EventQueue } from '../scan/event-queue.ts'
import type { ScanEvent } from '../scan/event.ts'
import type { Listener } from './listener.ts'

/** @throws what the scan or the listener throws */
export async function* listenBeside(
  scan: AsyncIterable<ScanEvent>,
  listener: Pick<Listener, 'round'>,
): AsyncGenerator<ScanEvent> {
  const queue = new EventQueue<ScanEvent>()
  const stop = new AbortController()
  const ends: { scan?: Coverage; heard?: Coverage } = {}
  const hear = async () => {
    for await (const event of listener.round({ milliseconds: Infinity, signal: stop.signal }))
      if (event.type === 'result') queue.push(event)
      else if (event.type === 'end') ends.heard = event.coverage
  }
  const look = async () => {
    const hearing = hear()
    // Its failure is thrown when the scan has ended.
    hearing.catch(() => undefined)
    try {
      for await (const event of scan)
        if (event.type === 'end') ends.scan = event.coverage
        else queue.push(event)
    } finally {
      stop.abort()
    }
    await hearing
  }
  yield* queue.during(look())
  const { scan: coverage, heard } = ends
  if (coverage)
    yield { type: 'end', coverage: { ...coverage, probes: [...coverage.probes, ...(heard?.probes ?? [])] } }
}
