/**
 * A collector reduced to its promise, on a real socket: it verifies, applies in order and once, and misbehaves on
 * request in the ways that networks and killed servers do.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import {
  Batch,
  BATCH_TYPE,
  createKeyPair,
  EnrolmentRequest,
  Envelope,
  ERROR_CODES,
  errorCode,
  OphavError,
  openEnvelope,
  parseAs,
  POLICY_REQUEST_TYPE,
  POLICY_TYPE,
  PolicyRequest,
  readPublicKey,
  sealEnvelope,
  writePublicKey,
  type Entry,
  type ErrorCode,
  type Policy,
} from '@ophav/shared'

/**
 * - `cut` ends the connection in the middle of the request
 * - `lose-reply` applies, and ends the connection before a word of reply
 * - `hang` never answers
 * - `login-page` answers 200 with HTML
 * - an error code: refuses with it
 */
export type Misbehaviour = 'cut' | 'lose-reply' | 'hang' | 'login-page' | 'bad-gateway' | ErrorCode

export class TestCollector {
  readonly keys = createKeyPair()
  readonly publicKey = writePublicKey(this.keys.publicKey)
  /** What it has applied, in order. */
  readonly entries: Entry[] = []
  /** Requests as they came in: `batch 3`, `policy`, `enrolment`. */
  readonly requests: string[] = []
  /** Most requests that were open at once. */
  concurrency = 0
  /** Taken from the front, one for each request; then it behaves. */
  misbehaviours: Misbehaviour[] = []
  policy: Policy | null = null
  /** Public key of the agent that may speak. */
  agentKey = ''
  agent = ''
  token = ''
  lastSequence = 0
  /** Segments that the agent may speak of; null for all. */
  bound: Set<string> | null = null
  readonly #applied = new Map<number, string>()
  readonly #server = createServer((request, reply) => void this.#serve(request, reply))
  #open = 0

  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Forgets what came after this number, as a collector that was restored from a backup. */
  restore(sequence: number): void {
    this.lastSequence = sequence
    for (const applied of this.#applied.keys()) if (applied > sequence) this.#applied.delete(applied)
  }

  async #serve(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    this.concurrency = Math.max(this.concurrency, ++this.#open)
    reply.on('close', () => this.#open--)
    const misbehaviour = this.misbehaviours.shift()
    try {
      if (misbehaviour === 'cut') {
        await new Promise((resolve) => request.once('data', resolve))
        return void request.destroy()
      }
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      if (misbehaviour === 'hang') return
      if (misbehaviour === 'login-page') return void reply.end('<html>log in</html>')
      if (misbehaviour === 'bad-gateway') return void reply.writeHead(502).end('<html>bad gateway</html>')
      if (misbehaviour && misbehaviour !== 'lose-reply') throw new OphavError(misbehaviour)
      const raw = Buffer.concat(chunks)
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
      const answer = this.#answer(request.url ?? '', JSON.parse(body.toString('utf8')))
      if (misbehaviour === 'lose-reply') return void request.destroy()
      if (answer === null) return void reply.writeHead(204).end()
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    } catch (error) {
      const code = errorCode(error) ?? 'internal.defect'
      const detail = error instanceof OphavError ? error.detail : { problem: String(error) }
      reply.writeHead(ERROR_CODES[code].status, { 'content-type': 'application/json' })
      reply.end(JSON.stringify({ error: { code, message: String(error), detail } }))
    }
  }

  #answer(path: string, body: unknown): unknown {
    if (path.endsWith('/api/enrolment')) return this.#enrol(body)
    const envelope = parseAs(Envelope, body, 'request.invalid')
    const key = readPublicKey(this.agentKey)
    if (path.endsWith('/api/policy')) {
      this.requests.push('policy')
      const document = openEnvelope(envelope, POLICY_REQUEST_TYPE, key)
      const { revision } = parseAs(PolicyRequest, document, 'request.invalid')
      if (!this.policy || this.policy.revision === revision) return null
      return sealEnvelope(POLICY_TYPE, this.policy, this.keys.privateKey, 'collector')
    }
    return this.#apply(envelope, parseAs(Batch, openEnvelope(envelope, BATCH_TYPE, key), 'batch.invalid'))
  }

  #enrol(body: unknown): unknown {
    const request = parseAs(EnrolmentRequest, body, 'request.invalid')
    this.requests.push('enrolment')
    if (request.token !== this.token) throw new OphavError('enrolment.token-invalid')
    this.agentKey = request.publicKey
    return { agent: this.agent, status: 'approved', collectorKey: this.publicKey }
  }

  #apply(envelope: Envelope, batch: Batch): unknown {
    const { sequence } = batch
    this.requests.push(`batch ${sequence}`)
    const policyRevision = this.policy?.revision ?? 0
    const known = this.#applied.get(sequence)
    if (known !== undefined && known !== envelope.payload)
      throw new OphavError('batch.sequence-reused', { sequence })
    if (known !== undefined) return { sequence, applied: false, policyRevision }
    const expected = this.lastSequence + 1
    if (sequence !== expected) throw new OphavError('batch.sequence-gap', { expected, given: sequence })
    const stray = batch.entries.find((entry) => this.bound && !this.bound.has(entry.segment))
    if (stray) throw new OphavError('batch.wrong-segment', { agent: batch.agent, segment: stray.segment })
    this.#applied.set(sequence, envelope.payload)
    this.lastSequence = sequence
    this.entries.push(...batch.entries)
    return { sequence, applied: true, policyRevision }
  }
}
