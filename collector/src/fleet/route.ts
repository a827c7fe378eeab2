/** Where agents enrol and fetch their policy. */
import {
  EnrolmentReceipt,
  EnrolmentRequest,
  Envelope,
  ErrorReply,
  POLICY_REQUEST_TYPE,
  PolicyRequest,
} from '@ophav/shared'
import { Type } from 'typebox'
import type { CollectorKeys } from '../access/collector-key.ts'
import type { App } from '../server/app.ts'
import type { Db } from '../store/open.ts'
import { readFromAgent } from './agent.ts'
import { enrolAgent } from './enrol.ts'
import { checkRequestTime, policyFor } from './policy.ts'

export async function fleetRoutes(app: App, { db, keys }: { db: Db; keys: CollectorKeys }): Promise<void> {
  app.post(
    '/api/enrolment',
    {
      schema: {
        tags: ['agents'],
        summary: 'Enrols an agent with a one-time token',
        body: EnrolmentRequest,
        response: { 200: EnrolmentReceipt, '4xx': ErrorReply, '5xx': ErrorReply },
      },
    },
    (request) => enrolAgent(db, request.body, keys.publicKey),
  )
  app.post(
    '/api/policy',
    {
      schema: {
        tags: ['agents'],
        summary: 'Gives an agent its policy, signed by the collector',
        body: Envelope,
        response: {
          200: Envelope,
          204: Type.Null({ description: 'The agent holds the newest policy' }),
          '4xx': ErrorReply,
          '5xx': ErrorReply,
        },
      },
    },
    async (request, reply) => {
      const { agent, document } = await readFromAgent(
        db,
        request.body,
        POLICY_REQUEST_TYPE,
        PolicyRequest,
        'request.invalid',
      )
      const now = Date.now()
      checkRequestTime(document, now)
      await db
        .updateTable('agent')
        .set({
          last_seen_at: new Date(now).toISOString(),
          version: document.version,
          activity: document.activity ? JSON.stringify(document.activity) : null,
        })
        .where('id', '=', agent.id)
        .execute()
      const { revision, envelope } = await policyFor(db, agent, keys)
      if (revision === document.revision) return reply.code(204).send(null)
      return reply.send(envelope)
    },
  )
}
