/** Fingerprints of network gear. */
import type { FingerprintData } from '../fingerprint.ts'

export const NETWORK_FINGERPRINTS: readonly FingerprintData[] = []
