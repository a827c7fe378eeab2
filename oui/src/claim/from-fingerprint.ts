/** Claims from a text that a fingerprint knows as a whole. */
import { sentence } from '../reason/sentence.ts'
import type { FingerprintHit } from '../fingerprint/fingerprint-index.ts'
import { excerpt, type ClaimList, type Source } from './claim.ts'
import { resolveNamed } from './from-document.ts'
import { claimMac } from './from-number.ts'

/** A text that is known as a whole is right more often than a word in it. */
const WEIGHT = 0.82

export function claimFingerprint(
  list: ClaimList,
  { fingerprint, captures }: FingerprintHit,
  of: Source,
): void {
  const { match, maker, brand, class: named, model, operatingSystem } = fingerprint
  const { kind, group } = of
  const source: Source = { kind, group, tier: 3, weight: WEIGHT }
  const because = sentence`${kind} fits "${excerpt(match)}"`
  const entry = maker === undefined ? undefined : list.knowledge.findMaker(maker)
  if (entry) list.sayFirm(source, { name: entry.name, entry }, because)
  const onTheBox = brand ?? captures.brand
  const firm = onTheBox === undefined ? null : resolveNamed(list.knowledge, onTheBox)
  if (firm && entry) list.sayBrand(source, firm, because)
  else if (firm) list.sayFirm(source, firm, because)
  list.say(source, 'class', named ?? '', because)
  list.say(source, 'model', model ?? captures.model ?? '', because)
  list.say(source, 'serial', captures.serial ?? '', because)
  list.say(source, 'firmware', captures.firmware ?? '', because)
  list.say(source, 'name', captures.name ?? '', because)
  list.say(source, 'operatingSystem', operatingSystem ?? '', because)
  if (captures.mac !== undefined) claimMac(list, captures.mac, kind)
}
