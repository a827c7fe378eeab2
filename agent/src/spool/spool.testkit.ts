/** Spools, sightings and readers of batches for the tests of spool and uplink. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  Batch,
  BATCH_TYPE,
  createKeyPair,
  errorCode,
  openEnvelope,
  parseAs,
  sealEnvelope,
  type Coverage,
  type Entry,
  type Envelope,
  type KeyPair,
} from '@ophav/shared'
import type { Sighting } from './append.ts'
import type { Sealer, StoredBatch } from './outbox.ts'
import { Spool, type SpoolOptions } from './spool.ts'

export const AGENT = '0b9f1c52-7d3e-4a55-9f11-2d6c8a1e4b70'

/** 2024-08-27T10:00:00Z. */
export const START = 1_724_752_800_000

export interface TestSealer extends Sealer {
  keys: KeyPair
  /** Moves the clock. */
  at: (milliseconds: number) => void
}

export function testSealer(agent = AGENT, keys = createKeyPair()): TestSealer {
  let clock = START
  return {
    agent,
    keys,
    at: (milliseconds) => void (clock = milliseconds),
    now: () => clock,
    seal: (batch) => sealEnvelope(BATCH_TYPE, batch, keys.privateKey, agent),
  }
}

/** Device number `device` saying `says` to a probe. */
export const sighting = (device: number, says: string, probe = 'snmp-sweep'): Sighting => ({
  probe,
  result: {
    address: `10.0.${device >> 8}.${device & 255}`,
    mac: null,
    outcome: 'answered',
    evidence: [{ kind: 'snmp.sysName', value: says }],
    observedAt: START + device,
  },
})

export const coverage = (segment: string, scan = 'scan-1'): Coverage => ({
  type: 'coverage',
  segment,
  scan,
  startedAt: new Date(START).toISOString(),
  endedAt: new Date(START + 1000).toISOString(),
  complete: true,
  inScope: 254,
  excluded: 0,
  attempted: 254,
  answered: 1,
  packetsSent: 254,
  probes: [{ probe: 'snmp-sweep', rung: 'datagrams', attempted: 254, outcomes: { answered: 1 } }],
})

/** Reads a batch as a collector does: signature first, then schema. */
export function readBatch(stored: StoredBatch, sealer: TestSealer): Batch {
  const envelope = JSON.parse(gunzipSync(stored.body).toString('utf8')) as Envelope
  return parseAs(Batch, openEnvelope(envelope, BATCH_TYPE, sealer.keys.publicKey), 'batch.invalid')
}

/** An entry in a few words: `observation 10.0.0.1 a`, `presence 10.0.0.1`, `table 10.0.0.1 port 0`, `coverage`. */
export function inWords(entry: Entry): string {
  if (entry.type === 'coverage') return 'coverage'
  const who = entry.subject.address ?? entry.subject.mac
  if (entry.type === 'table') return `table ${who} ${entry.table} ${entry.page}`
  return entry.type === 'presence'
    ? `presence ${who}`
    : `observation ${who} ${String(entry.evidence[0]?.value)}`
}

/** A directory with a spool, opened as often as a test likes. */
export class SpoolFixture implements Disposable {
  readonly directory = mkdtempSync(join(tmpdir(), 'ophav-spool-'))
  readonly path = join(this.directory, 'spool.sqlite')
  readonly sealer = testSealer()
  readonly #opened: Spool[] = []

  open(options: Partial<SpoolOptions> = {}): Spool {
    const spool = new Spool({ path: this.path, sealer: this.sealer, ...options })
    this.#opened.push(spool)
    return spool
  }

  /** Sends everything, as a collector that takes all would receive it. */
  deliverAll(spool: Spool): Entry[] {
    const entries: Entry[] = []
    for (let batch = spool.nextBatch(); batch; batch = spool.nextBatch()) {
      entries.push(...readBatch(batch, this.sealer).entries)
      spool.acknowledge(batch.sequence)
    }
    return entries
  }

  [Symbol.dispose](): void {
    for (const spool of this.#opened.splice(0)) spool.close()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** @returns the code of what `work` throws, or null. */
export function codeOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    return errorCode(error)
  }
}
