/** From what a probe saw to what is reported: an observation, or nothing where nobody answered. */
import { createHash } from 'node:crypto'
import { MAX_EVIDENCE, type Evidence, type Observation, type Subject } from '@ophav/shared'
import type { ProbeResult } from '../probe/probe.ts'

/**
 * The most octets of one observation. Far above any real device, and far enough below the collector's limit
 * that every observation fits into a batch.
 */
export const MAX_OBSERVATION_BYTES = 1024 * 1024

/** Outcomes that say something about the device itself. Silence is counted in the coverage, not reported a device at a time. */
const TELLING: ReadonlySet<ProbeResult['outcome']> = new Set(['answered', 'refused', 'malformed'])

/** Whether a result is reported at all. */
export const isTelling = (result: ProbeResult): boolean =>
  TELLING.has(result.outcome) && (result.address !== null || result.mac !== null)

/** @returns the observation, or null when the result names nobody or nothing came back. */
export function toObservation(result: ProbeResult, segment: string, probe: string): Observation | null {
  if (!isTelling(result)) return null
  const subject: Subject = {}
  // The zone of a link-local address means something only on this machine.
  if (result.address !== null) subject.address = result.address.split('%', 1)[0] ?? ''
  if (result.mac !== null) subject.mac = result.mac
  return {
    type: 'observation',
    segment,
    probe,
    subject,
    outcome: result.outcome,
    observedAt: new Date(result.observedAt).toISOString(),
    evidence: bounded(result.evidence),
  }
}

/** Keeps the first pieces of evidence that fit, so that an endless answer costs its own tail and nothing else. */
function bounded(evidence: readonly Evidence[]): Evidence[] {
  const kept: Evidence[] = []
  let bytes = 0
  for (const piece of evidence.slice(0, MAX_EVIDENCE)) {
    bytes += Buffer.byteLength(JSON.stringify(piece))
    if (bytes > MAX_OBSERVATION_BYTES) break
    kept.push(piece)
  }
  return kept
}

/** Counters and clocks: they differ in every answer and say nothing about who answers. */
const VOLATILE_KINDS: ReadonlySet<string> = new Set(['snmp.engineBoots', 'snmp.engineTime', 'snmp.sysUpTime'])

/** Octets of the digest that are kept: a collision costs one missed change, and 128 bits make it impossible in practice. */
const DIGEST_OCTETS = 16

/** What an observation says, apart from when: two that are equal here say the same. The order of replies is chance. */
export function digest(observation: Observation): Buffer {
  const evidence = observation.evidence
    .filter((piece) => !VOLATILE_KINDS.has(piece.kind))
    .map((piece) => JSON.stringify([piece.kind, piece.oid ?? null, piece.value]))
    .sort()
  const text = JSON.stringify([observation.outcome, evidence])
  return createHash('sha256').update(text).digest().subarray(0, DIGEST_OCTETS)
}
