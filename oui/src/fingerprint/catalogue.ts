/** All fingerprints in one list, by the field in which their makers stand. */
import { CAMERA_FINGERPRINTS } from './data/camera.ts'
import { COMPUTER_FINGERPRINTS } from './data/computer.ts'
import { CONSUMER_FINGERPRINTS } from './data/consumer.ts'
import { ICON_FINGERPRINTS } from './data/favicon.ts'
import { NETWORK_FINGERPRINTS } from './data/network.ts'
import { OPERATOR_FINGERPRINTS } from './data/operator.ts'
import { PHONE_FINGERPRINTS } from './data/phone.ts'
import { POWER_FINGERPRINTS } from './data/power.ts'
import { PRINTER_FINGERPRINTS } from './data/printer.ts'
import { SOFTWARE_FINGERPRINTS } from './data/software.ts'
import type { FingerprintData } from './fingerprint.ts'

export const FINGERPRINTS: readonly FingerprintData[] = [
  ...SOFTWARE_FINGERPRINTS,
  ...CAMERA_FINGERPRINTS,
  ...NETWORK_FINGERPRINTS,
  ...OPERATOR_FINGERPRINTS,
  ...COMPUTER_FINGERPRINTS,
  ...PHONE_FINGERPRINTS,
  ...CONSUMER_FINGERPRINTS,
  ...PRINTER_FINGERPRINTS,
  ...POWER_FINGERPRINTS,
  ...ICON_FINGERPRINTS,
]
