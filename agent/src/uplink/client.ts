/** The collector as an agent sees it: three requests, each with its schema. */
import {
  BatchReceipt,
  EnrolmentReceipt,
  Envelope,
  fits,
  OphavError,
  type EnrolmentRequest,
} from '@ophav/shared'
import type { TSchema, Static } from 'typebox'
import { post, type Reply } from './post.ts'

export class CollectorClient {
  readonly #base: URL
  readonly #timeoutMs: number | undefined

  /** @throws OphavError `command.invalid-option` for what is no http(s) URL, or has a password in it */
  constructor(base: string, timeoutMs?: number) {
    this.#base = collectorUrl(base)
    this.#timeoutMs = timeoutMs
  }

  /** @throws OphavError `enrolment.token-invalid`, `uplink.*` */
  async enrol(request: EnrolmentRequest, signal?: AbortSignal): Promise<EnrolmentReceipt> {
    return this.#read(
      EnrolmentReceipt,
      await this.#post('api/enrolment', JSON.stringify(request), { signal }),
    )
  }

  /**
   * @returns the signed policy, not yet verified; null when the agent holds the newest.
   * @throws OphavError `agent.*`, `policy.request-stale`, `uplink.*`
   */
  async fetchPolicy(request: Envelope, signal?: AbortSignal): Promise<Envelope | null> {
    const reply = await this.#post('api/policy', JSON.stringify(request), { signal })
    return reply.status === 204 ? null : this.#read(Envelope, reply)
  }

  /**
   * @param body an envelope in JSON, gzip
   * @throws OphavError `batch.*`, `agent.*`, `uplink.*`
   */
  async sendBatch(body: Buffer, signal?: AbortSignal): Promise<BatchReceipt> {
    return this.#read(BatchReceipt, await this.#post('api/batch', body, { gzip: true, signal }))
  }

  #post(path: string, body: string | Buffer, options: { gzip?: boolean; signal: AbortSignal | undefined }) {
    const timeout = this.#timeoutMs === undefined ? {} : { timeoutMs: this.#timeoutMs }
    return post(new URL(path, this.#base), body, { ...options, ...timeout })
  }

  /** A login page, too, may answer 200. */
  #read<Schema extends TSchema>(schema: Schema, reply: Reply): Static<Schema> {
    if (fits(schema, reply.body)) return reply.body
    throw new OphavError('uplink.not-a-collector', { host: this.#base.host, status: reply.status })
  }
}

/**
 * Reads a collector's address; a path is kept, for one behind a proxy.
 * @throws OphavError `command.invalid-option`, `command.secret-in-argument`
 */
export function collectorUrl(text: string): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch (cause) {
    throw new OphavError('command.invalid-option', { option: 'collector', given: text }, { cause })
  }
  if (url.password !== '') throw new OphavError('command.secret-in-argument', { option: 'collector' })
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new OphavError('command.invalid-option', { option: 'collector', given: text })
  url.search = ''
  url.hash = ''
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}
