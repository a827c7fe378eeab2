/** The collector's HTTP application. Tests build this very one; `serve` only starts it. */
import { gunzip } from 'node:zlib'
import { promisify } from 'node:util'
import helmet from '@fastify/helmet'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type RawServerDefault,
} from 'fastify'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { MAX_BATCH_BYTES, OphavError } from '@ophav/shared'
import type { CollectorKeys } from '../access/collector-key.ts'
import { fleetRoutes } from '../fleet/route.ts'
import { ingestRoutes } from '../ingest/route.ts'
import { reportRoutes } from '../report/route.ts'
import type { Db } from '../store/open.ts'
import { answerError, answerNotFound } from './answer-error.ts'
import { keepLocal } from './local.ts'

export interface AppOptions {
  db: Db
  keys: CollectorKeys
  /** A pino level, or false for none. */
  logLevel?: string | false
  version: string
}

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

/** Base64 in JSON: four octets for three, and the envelope around them. */
const BODY_LIMIT = Math.ceil((MAX_BATCH_BYTES * 4) / 3) + 4096

/** A slow sender must not hold a connection for ever. */
const REQUEST_TIMEOUT_MS = 60_000

export async function buildApp(options: AppOptions): Promise<App> {
  const { db, keys, version, logLevel = 'info' } = options
  const app: App = fastify({
    logger:
      logLevel === false
        ? false
        : {
            level: logLevel,
            // Standard output is for the line that says where it answers.
            stream: process.stderr,
            redact: ['req.headers.authorization', 'req.headers.cookie'],
          },
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true } },
    logController: new LogController({ disableRequestLogging: true }),
  }).withTypeProvider<TypeBoxTypeProvider>()
  app.setErrorHandler(answerError)
  app.setNotFoundHandler(answerNotFound)
  readGzip(app)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ophav collector', version, description: 'What agents send, and what reports read.' },
      tags: [
        { name: 'agents', description: 'Routes for agents: signed envelopes, from anywhere.' },
        { name: 'reports', description: 'Routes for readers: on this machine only.' },
      ],
    },
    // By $id, so that a schema has its own name in the document.
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) => String(json.$id ?? `schema-${index}`),
    },
  })
  await app.register(async (local) => {
    keepLocal(local)
    await local.register(swaggerUi, { routePrefix: '/docs', staticCSP: true })
    await local.register(reportRoutes, { db })
  })
  await app.register(fleetRoutes, { db, keys })
  await app.register(ingestRoutes, { db, keys })
  app.get(
    '/api/health',
    { schema: { tags: ['agents'], summary: 'Whether the collector answers' } },
    async () => ({ status: 'ok' }),
  )
  return app
}

const inflate = promisify(gunzip)

/** Bodies may be gzip; what they unpack to is bounded before it is unpacked. */
function readGzip(app: App): void {
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: { headers: Record<string, unknown> }, body: Buffer) => {
      const text = (await decode(String(request.headers['content-encoding'] ?? 'identity'), body)).toString(
        'utf8',
      )
      try {
        return JSON.parse(text, refusePrototype) as unknown
      } catch (cause) {
        throw new OphavError('request.invalid', { problem: 'no JSON' }, { cause })
      }
    },
  )
}

async function decode(encoding: string, body: Buffer): Promise<Buffer> {
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw new OphavError('request.unsupported-encoding', { encoding })
  try {
    return await inflate(body, { maxOutputLength: BODY_LIMIT })
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new OphavError('request.too-large', { limit: BODY_LIMIT })
    throw new OphavError('request.undecodable', {}, { cause })
  }
}

/** A key named __proto__ has no honest use here. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__ as a key')
  return value
}
