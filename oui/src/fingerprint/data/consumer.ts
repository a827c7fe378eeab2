/** Fingerprints of consumer and smart-home devices. */
import type { FingerprintData } from '../fingerprint.ts'

export const CONSUMER_FINGERPRINTS: readonly FingerprintData[] = []
