/** Fingerprints of cameras, recorders, door stations and traffic cameras. */
import type { FingerprintData } from '../fingerprint.ts'

export const CAMERA_FINGERPRINTS: readonly FingerprintData[] = [
  {
    kind: 'http.server',
    match: 'DVRDVS-Webs*',
    maker: 'Hikvision',
    class: 'recorder',
    examples: [{ text: 'DVRDVS-Webs' }],
  },
]
