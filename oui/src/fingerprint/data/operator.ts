/** Fingerprints of operators’, homes’ and industrial network gear. */
import type { FingerprintData } from '../fingerprint.ts'

export const OPERATOR_FINGERPRINTS: readonly FingerprintData[] = []
