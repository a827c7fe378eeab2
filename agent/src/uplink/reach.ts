/** Whether the collector answers, and what time it has: for people who look for a fault. */
import { requestHttp } from '../net/http-request.ts'

const TIMEOUT_MS = 5_000

/** Any answer will do: what it says is not read. */
export async function askCollector(url: string): Promise<{ problem: string | null; clock: number | null }> {
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    const { headers } = await requestHttp(new URL('/', url), { method: 'HEAD', signal, maxBytes: 0 })
    const clock = Date.parse(headers.date ?? '')
    return { problem: null, clock: Number.isNaN(clock) ? null : clock }
  } catch (error) {
    const { code } = error as { code?: unknown }
    return { problem: signal.aborted ? 'timeout' : String(code ?? 'no answer'), clock: null }
  }
}
