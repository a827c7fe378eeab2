/** One HTTP request, by the system's modules: what the platform's `fetch` brings along takes 14 MB of an agent at rest. */
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'

export interface HttpRequest {
  method: 'HEAD' | 'POST'
  headers?: Record<string, string>
  body?: string | Buffer
  signal: AbortSignal
  /** An endless answer must not fill the memory. */
  maxBytes: number
}

export interface HttpReply {
  status: number
  /** By their names in lower case. */
  headers: IncomingMessage['headers']
  /** Null where it is longer than was allowed. */
  body: string | null
}

/**
 * Follows no redirect: what was meant for one host is not carried to another.
 * @throws what the system says, with its `code`; an AbortError when the signal fires
 */
export async function requestHttp(url: URL, options: HttpRequest): Promise<HttpReply> {
  const { method, headers = {}, body = '', signal, maxBytes } = options
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  // A connection of its own: one that was kept may be closed at the other end just now.
  const length = Buffer.byteLength(body)
  const request = send(url, {
    method,
    headers: { ...headers, ...(method === 'POST' ? { 'content-length': length } : {}) },
    signal,
    agent: false,
  })
  request.end(body)
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  // Errors after the response has begun come with it.
  request.on('error', () => {})
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) {
      request.destroy()
      return { status: response.statusCode ?? 0, headers: response.headers, body: null }
    }
    chunks.push(chunk)
  }
  const text = Buffer.concat(chunks).toString('utf8')
  return { status: response.statusCode ?? 0, headers: response.headers, body: text }
}
