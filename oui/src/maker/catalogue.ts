/** All makers in one list, each name once. */
import { CAMERA_MAKERS } from './catalogue/camera.ts'
import { COMPONENT_MAKERS } from './catalogue/component.ts'
import { COMPUTER_MAKERS } from './catalogue/computer.ts'
import { CONSUMER_MAKERS } from './catalogue/consumer.ts'
import type { MakerEntry } from './entry.ts'
import { NETWORK_MAKERS } from './catalogue/network.ts'
import { PHONE_MAKERS } from './catalogue/phone.ts'
import { POWER_MAKERS } from './catalogue/power.ts'
import { PRINTER_MAKERS } from './catalogue/printer.ts'

export const CATALOGUE: readonly MakerEntry[] = [
  ...CAMERA_MAKERS,
  ...NETWORK_MAKERS,
  ...COMPUTER_MAKERS,
  ...PHONE_MAKERS,
  ...CONSUMER_MAKERS,
  ...PRINTER_MAKERS,
  ...POWER_MAKERS,
  ...COMPONENT_MAKERS,
]

const byName = new Map<string, MakerEntry>()
for (const entry of CATALOGUE) {
  if (byName.has(entry.name)) throw new Error(`the maker ${entry.name} stands in the catalogue twice`)
  byName.set(entry.name, entry)
}

export const findMaker = (name: string): MakerEntry | undefined => byName.get(name)

/** The maker under whose name a brand is counted. */
export const makerOfBrand = (entry: MakerEntry): MakerEntry =>
  entry.of === undefined ? entry : (byName.get(entry.of) ?? entry)
