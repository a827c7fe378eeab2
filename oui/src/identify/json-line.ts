/** One line of JSON in, one out: for pipelines of any size. */
import type { Evidence } from '@ophav/shared'
import { reasonText } from './identity.ts'
import { identify, type IdentifyOptions } from './identify.ts'

/**
 * @param line `{"id": ..., "evidence": [{"kind": ..., "value": ...}, ...]}`
 * @returns a line without its end; `{"id": null, "error": {"code", "message"}}` for what is no such object
 */
export function identifyJsonLine(line: string, options: IdentifyOptions = {}): string {
  let document: unknown
  try {
    document = JSON.parse(line)
  } catch {
    return problem(null, 'The line is not JSON.')
  }
  if (typeof document !== 'object' || document === null) return problem(null, 'The line is not an object.')
  const { id = null, evidence } = document as { id?: unknown; evidence?: unknown }
  if (!Array.isArray(evidence)) return problem(id, 'The object has no list `evidence`.')
  // A piece that is none does not spoil the others.
  const identity = identify(evidence.map(shortened).filter(isEvidence), options)
  return JSON.stringify({
    id,
    maker: identity.maker,
    brand: identity.brand,
    model: identity.model,
    serial: identity.serial,
    class: identity.class,
    chinese: identity.origin.chinese,
    confidence: identity.confidence,
    component: identity.component,
    reasons: identity.reasons.map((reason) => reasonText(reason)),
  })
}

const MAX_VALUE = 16_384

/** What the extraction relies on; a stream of a million lines pays for no more. */
function isEvidence(piece: unknown): piece is Evidence {
  if (typeof piece !== 'object' || piece === null) return false
  const { kind, value, oid } = piece as Record<string, unknown>
  const isValue =
    typeof value === 'string' || typeof value === 'number' || (typeof value === 'object' && value !== null)
  return typeof kind === 'string' && isValue && (oid === undefined || typeof oid === 'string')
}

/** Longer values are read to where evidence ends, as a probe would have cut them. */
function shortened(piece: unknown): unknown {
  if (typeof piece !== 'object' || piece === null) return piece
  const { value } = piece as { value?: unknown }
  return typeof value === 'string' && value.length > MAX_VALUE
    ? { ...piece, value: value.slice(0, MAX_VALUE) }
    : piece
}

const problem = (id: unknown, message: string): string =>
  JSON.stringify({ id, error: { code: 'request.invalid', message } })
