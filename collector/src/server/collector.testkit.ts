/** For tests: the very collector that `serve` starts, on a database of its own, with one enrolled agent. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  BATCH_TYPE,
  createKeyPair,
  createSealIdentity,
  FULL_PACE,
  recipientOf,
  sealEnvelope,
  writePublicKey,
  type Entry,
  type KeyPair,
} from '@ophav/shared'
import { loadCollectorKeys } from '../access/collector-key.ts'
import { putAdministration } from '../administration/write.ts'
import { createToken } from '../fleet/token.ts'
import { addSegment, setSegmentStatus } from '../segment/write.ts'
import { openStore, type Db } from '../store/open.ts'
import { buildApp, type App } from './app.ts'

export const SEGMENT = 'kamera'
export const AT = '2026-01-02T03:04:05.000Z'

export class TestCollector {
  readonly directory = mkdtempSync(join(tmpdir(), 'ophav-collector-'))
  readonly keys: KeyPair = createKeyPair()
  db!: Db
  app!: App
  agent = ''

  async open(): Promise<void> {
    this.db = await openStore(this.directory)
    this.app = await buildApp({
      db: this.db,
      keys: await loadCollectorKeys(this.directory),
      logLevel: false,
      version: '0',
    })
    await putAdministration(this.db, { key: 'SOF', nameDa: 'Socialforvaltningen' }, 'test')
    await addSegment(
      this.db,
      {
        key: SEGMENT,
        name: 'Kameranet',
        purpose: 'camera',
        administration: 'SOF',
        closed: true,
        critical: true,
        ranges: ['10.0.0.0/24'],
        exclusions: [],
        pace: FULL_PACE,
      },
      'test',
    )
    await setSegmentStatus(this.db, SEGMENT, 'approved', 'test')
    this.agent = await this.enrol()
  }

  async enrol(keys = this.keys): Promise<string> {
    const token = await createToken(this.db, {
      segments: [SEGMENT],
      approve: true,
      expiresInSeconds: 60,
      actor: 'test',
    })
    const recipient = await recipientOf(await createSealIdentity())
    const { statusCode, body } = await this.app.inject({
      method: 'POST',
      url: '/api/enrolment',
      payload: {
        token,
        name: 'a',
        publicKey: writePublicKey(keys.publicKey),
        recipient,
        version: '0',
        platform: 'test',
      },
    })
    if (statusCode !== 200) throw new Error(body)
    return (JSON.parse(body) as { agent: string }).agent
  }

  envelope(sequence: number, entries: readonly Entry[], { agent = this.agent, keys = this.keys } = {}) {
    return sealEnvelope(BATCH_TYPE, { agent, sequence, createdAt: AT, entries }, keys.privateKey, agent)
  }

  /** @returns the status and the error's code, or what the receipt says */
  async deliver(
    payload: object | string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; code?: string; applied?: boolean }> {
    const response = await this.app.inject({
      method: 'POST',
      url: '/api/batch',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    })
    const body = JSON.parse(response.body) as { error?: { code: string }; applied?: boolean }
    return {
      status: response.statusCode,
      ...(body.error ? { code: body.error.code } : { applied: body.applied ?? false }),
    }
  }

  /** Rows of each table that a batch touches. */
  async counts(): Promise<Record<string, number>> {
    const tables = ['batch', 'observation', 'device', 'presence', 'coverage'] as const
    const rows: Record<string, number> = {}
    for (const table of tables) {
      const row = await this.db
        .selectFrom(table)
        .select((e) => e.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
      rows[table] = Number(row.n)
    }
    return rows
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.db.destroy()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** A camera that answered SNMP. */
export const sighting = (
  host: number,
  descr = 'Hikvision Network Camera',
  more: Partial<Extract<Entry, { type: 'observation' }>> = {},
): Entry => ({
  type: 'observation',
  segment: SEGMENT,
  probe: 'snmp',
  subject: { address: `10.0.0.${host}`, mac: `44:19:b6:00:00:${host.toString(16).padStart(2, '0')}` },
  outcome: 'answered',
  observedAt: AT,
  evidence: [{ kind: 'snmp.sysDescr', value: descr }],
  ...more,
})
