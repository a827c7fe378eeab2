/** Fingerprints of printers and scanners. */
import type { FingerprintData } from '../fingerprint.ts'

export const PRINTER_FINGERPRINTS: readonly FingerprintData[] = []
