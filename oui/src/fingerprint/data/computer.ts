/** Fingerprints of computers, servers and storage. */
import type { FingerprintData } from '../fingerprint.ts'

export const COMPUTER_FINGERPRINTS: readonly FingerprintData[] = []
