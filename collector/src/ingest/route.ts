/** Where agents' batches come in. */
import { createHash } from 'node:crypto'
import { Batch, BATCH_TYPE, BatchReceipt, Envelope, ErrorReply } from '@ophav/shared'
import type { CollectorKeys } from '../access/collector-key.ts'
import { readFromAgent } from '../fleet/agent.ts'
import { policyFor } from '../fleet/policy.ts'
import type { App } from '../server/app.ts'
import type { Db } from '../store/open.ts'
import { applyBatch } from './apply.ts'

export async function ingestRoutes(app: App, { db, keys }: { db: Db; keys: CollectorKeys }): Promise<void> {
  app.post(
    '/api/batch',
    {
      schema: {
        tags: ['agents'],
        summary: 'Delivers a batch of observations, signed by its agent',
        description: 'Applied once and in order. A repetition is acknowledged and changes nothing.',
        body: Envelope,
        response: { 200: BatchReceipt, '4xx': ErrorReply, '5xx': ErrorReply },
      },
    },
    async (request) => {
      const { agent, document } = await readFromAgent(db, request.body, BATCH_TYPE, Batch, 'batch.invalid')
      const sha256 = createHash('sha256').update(request.body.payload).digest('hex')
      const receipt = await applyBatch(db, agent, document, sha256)
      const { revision } = await policyFor(db, agent, keys)
      return { ...receipt, policyRevision: revision }
    },
  )
}
