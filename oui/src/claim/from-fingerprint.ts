/** Claims from a text that a fingerprint knows as a whole. */
import type { FingerprintHit } from '../fingerprint/fingerprint-index.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { excerpt, type ClaimList, type Field } from './claim.ts'
import { claimMac } from './from-number.ts'
import { groupOf } from './group.ts'

/** A text that is known as a whole is right more often than a word in it. */
const WEIGHT = 0.82

export function claimFingerprint(
  list: ClaimList,
  { fingerprint, captures }: FingerprintHit,
  kind: string,
): void {
  const { match, maker, brand, class: named, model, operatingSystem } = fingerprint
  const says = (field: Field, value: string | undefined, entry?: MakerEntry) => {
    if (value === undefined) return
    const shown = excerpt(value, 80)
    list.add({
      field,
      value: shown,
      entry: entry ?? null,
      tier: 3,
      group: groupOf(kind),
      weight: WEIGHT,
      kind,
      text: `${kind} "${excerpt(match)}" stands for ${field} ${shown}`,
    })
  }
  says('maker', maker, maker === undefined ? undefined : list.knowledge.findMaker(maker))
  const onTheBox = brand ?? captures.brand
  says('brand', onTheBox, onTheBox === undefined ? undefined : list.knowledge.findMaker(onTheBox))
  says('class', named)
  says('model', model ?? captures.model)
  says('serial', captures.serial)
  says('firmware', captures.firmware)
  says('name', captures.name)
  says('operatingSystem', operatingSystem)
  if (captures.mac !== undefined) claimMac(list, captures.mac, kind)
}
