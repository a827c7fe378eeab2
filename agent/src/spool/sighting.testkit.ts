/** Sightings, sealers and readers of batches for the tests of spool and uplink. */
import { gunzipSync } from 'node:zlib'
import {
  Batch,
  BATCH_TYPE,
  createKeyPair,
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

/** An entry in a few words: `observation 10.0.0.1 a`, `presence 10.0.0.1`, `coverage`. */
export function inWords(entry: Entry): string {
  if (entry.type === 'coverage') return 'coverage'
  const who = entry.subject.address ?? entry.subject.mac
  return entry.type === 'presence'
    ? `presence ${who}`
    : `observation ${who} ${String(entry.evidence[0]?.value)}`
}
