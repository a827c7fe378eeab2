/** The one place where errors become HTTP answers: a stable code, a sentence that says what to do, no internals. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ERROR_CODES, OphavError, type ErrorReply } from '@ophav/shared'
import { storeError } from '../store/open.ts'

export function answerError(
  thrown: FastifyError | OphavError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const error = storeError(thrown)
  if (error instanceof OphavError) {
    const { status } = ERROR_CODES[error.code]
    request.log[status >= 500 ? 'error' : 'warn'](
      { code: error.code, detail: error.detail, url: request.url },
      'refused',
    )
    return reply.code(status).send(replyOf(error))
  }
  const refused = refusalOf(error as FastifyError)
  if (refused) {
    request.log.warn({ code: refused.code, detail: refused.detail, url: request.url }, 'refused')
    return reply.code(ERROR_CODES[refused.code].status).send(replyOf(refused))
  }
  request.log.error({ err: error, requestId: request.id }, 'defect')
  return reply.code(500).send(replyOf(new OphavError('internal.defect', { request: String(request.id) })))
}

/** What the framework refuses before a route sees it. */
function refusalOf(error: FastifyError): OphavError | null {
  const first = error.validation?.[0]
  if (first)
    return new OphavError('request.invalid', {
      field: `${error.validationContext ?? 'body'}${first.instancePath}`,
      problem: first.message ?? 'does not fit',
    })
  if (error.statusCode === 413) return new OphavError('request.too-large')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return new OphavError('request.invalid', { problem: error.code })
  return null
}

export const answerNotFound = (request: FastifyRequest, reply: FastifyReply) =>
  reply.code(404).send(replyOf(new OphavError('request.not-found', { path: request.url.slice(0, 200) })))

const replyOf = (error: OphavError): ErrorReply => ({
  error: { code: error.code, message: error.message, detail: { ...error.detail } },
})
