/** Whether the collector answers, and what time it has: for people who look for a fault. */

const TIMEOUT_MS = 5_000

/** Any answer will do: what it says is not read. */
export async function askCollector(url: string): Promise<{ problem: string | null; clock: number | null }> {
  try {
    const response = await fetch(new URL('/', url), {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const clock = Date.parse(response.headers.get('date') ?? '')
    return { problem: null, clock: Number.isNaN(clock) ? null : clock }
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { problem: isLate ? 'timeout' : String(cause?.code ?? 'no answer'), clock: null }
  }
}
