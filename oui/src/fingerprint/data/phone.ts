/** Fingerprints of telephones, video consoles and their gateways. */
import type { FingerprintData } from '../fingerprint.ts'

export const PHONE_FINGERPRINTS: readonly FingerprintData[] = []
