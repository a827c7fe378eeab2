/** One request to the collector: bounded in time and size, and its failures told apart. */
import { ERROR_CODES, ErrorReply, fits, OphavError, type ErrorCode, type ErrorDetail } from '@ophav/shared'
import { requestHttp, type HttpReply } from '../net/http-request.ts'

/** A collector that has not answered by now is taken for dead; the batch is sent again. */
export const REQUEST_TIMEOUT_MS = 60_000

/** Receipts have a few hundred octets; a policy with many segments and credentials stays below this. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024

export interface PostOptions {
  /** Whether the body is gzip already. */
  gzip?: boolean
  signal?: AbortSignal | undefined
  timeoutMs?: number
}

export interface Reply {
  status: number
  /** The JSON of the body; null where there is none. */
  body: unknown
}

/** A refusal by the collector, with what its answer says about trying again. */
export class Refusal extends OphavError {
  /** From `Retry-After` (RFC 9110 10.2.3), in milliseconds. */
  readonly retryAfterMs: number | null

  constructor(code: ErrorCode, detail: ErrorDetail, retryAfterMs: number | null) {
    super(code, detail)
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * @returns the reply of a request that succeeded.
 * @throws OphavError `uplink.unreachable`, `uplink.not-a-collector`; Refusal with the collector's own code; the
 *   signal's reason when it fires
 */
export async function post(url: URL, body: string | Buffer, options: PostOptions = {}): Promise<Reply> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? REQUEST_TIMEOUT_MS)
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout
  let reply: HttpReply
  try {
    reply = await requestHttp(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(options.gzip ? { 'content-encoding': 'gzip' } : {}),
      },
      body,
      signal,
      maxBytes: MAX_REPLY_BYTES,
    })
  } catch (cause) {
    if (options.signal?.aborted) throw options.signal.reason
    const problem = timeout.aborted ? 'timeout' : problemOf(cause)
    throw new OphavError('uplink.unreachable', { host: url.host, problem }, { cause })
  }
  if (reply.body === null) throw notCollector(url, reply.status)
  const document = parseJson(reply.body)
  if (reply.status >= 200 && reply.status < 300) {
    if (document === undefined) throw notCollector(url, reply.status)
    return { status: reply.status, body: document }
  }
  throw refusalOf(document, reply, url)
}

/** @returns null for an empty text, undefined for what is no JSON. */
function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusalOf(document: unknown, { status, headers }: HttpReply, url: URL): OphavError {
  const retryAfterMs = retryAfter(headers['retry-after'] ?? null)
  if (!fits(ErrorReply, document)) {
    // A proxy in front of a collector that is down answers for it.
    if (status >= 500 || status === 429)
      return new Refusal('uplink.unreachable', { host: url.host, problem: `HTTP ${status}` }, retryAfterMs)
    return notCollector(url, status)
  }
  const { code, detail } = document.error
  if (!Object.hasOwn(ERROR_CODES, code))
    return new Refusal('uplink.refused', { status, given: code.slice(0, 60) }, retryAfterMs)
  return new Refusal(code as ErrorCode, plainDetail(detail), retryAfterMs)
}

/** Only the values that an error's detail may hold, and few of them: the reply is not ours. */
function plainDetail(detail: Record<string, unknown> | undefined): ErrorDetail {
  const plain: Record<string, string | number | boolean | null> = {}
  for (const [name, value] of Object.entries(detail ?? {}).slice(0, 10))
    if (value === null || typeof value === 'number' || typeof value === 'boolean') plain[name] = value
    else if (typeof value === 'string') plain[name] = value.slice(0, 200)
  return plain
}

const retryAfter = (header: string | null): number | null =>
  header !== null && /^[0-9]{1,6}$/.test(header.trim()) ? Number(header) * 1000 : null

const notCollector = (url: URL, status: number) =>
  new OphavError('uplink.not-a-collector', { host: url.host, status })

/** What went wrong below HTTP, in one word: `ECONNREFUSED`, `timeout`, `CERT_HAS_EXPIRED`. */
function problemOf(cause: unknown): string {
  const code = (cause as { code?: unknown }).code
  if (typeof code === 'string') return code
  return cause instanceof Error ? cause.message.slice(0, 100) : 'unknown'
}
