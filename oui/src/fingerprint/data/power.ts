/** Fingerprints of power, sensors, industrial and building devices. */
import type { FingerprintData } from '../fingerprint.ts'

export const POWER_FINGERPRINTS: readonly FingerprintData[] = []
