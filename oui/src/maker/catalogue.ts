/** All makers in one list, each name once. */
import { CAMERA_MAKERS } from './catalogue/camera.ts'
import { COMPONENT_MAKERS } from './catalogue/component.ts'
import { COMPUTER_MAKERS } from './catalogue/computer.ts'
import { CONSUMER_MAKERS } from './catalogue/consumer.ts'
import type { MakerEntry } from './entry.ts'
import { NETWORK_MAKERS } from './catalogue/network.ts'
import { OPERATOR_MAKERS } from './catalogue/operator.ts'
import { PHONE_MAKERS } from './catalogue/phone.ts'
import { POWER_MAKERS } from './catalogue/power.ts'
import { PRINTER_MAKERS } from './catalogue/printer.ts'

export const CATALOGUE: readonly MakerEntry[] = [
  ...CAMERA_MAKERS,
  ...NETWORK_MAKERS,
  ...OPERATOR_MAKERS,
  ...COMPUTER_MAKERS,
  ...PHONE_MAKERS,
  ...CONSUMER_MAKERS,
  ...PRINTER_MAKERS,
  ...POWER_MAKERS,
  ...COMPONENT_MAKERS,
]

const names = new Set<string>()
for (const { name } of CATALOGUE) {
  if (names.has(name)) throw new Error(`the maker ${name} stands in the catalogue twice`)
  names.add(name)
}
