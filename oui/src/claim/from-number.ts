/** Claims from registered numbers: IEEE prefixes, IANA enterprises, SNMP engine identifiers. */
import { sentence } from '../reason/sentence.ts'
import { isPlaceholderMac, parseMac } from '@ophav/shared/value'
import { findEnterprise } from '../enterprise/lookup.ts'
import type { Organisation } from '../knowledge/knowledge.ts'
import { claimOwnPrefix } from '../override/claim-own-prefix.ts'
import { findRegistration } from '../prefix/lookup.ts'
import type { ClaimList, Source } from './claim.ts'

/** Bit 1 of the first octet: assigned by whoever runs the network, so by nobody who made anything (IEEE 802). */
const LOCALLY_ADMINISTERED = 0x02
const GROUP_ADDRESS = 0x01

const BRAND_PREFIX = 0.68
/** A maker whose every product is of one kind. */
const CLASS_BY_MAKER = 0.52

/** IEEE 802: the first 24, 28 or 36 bits name whoever registered them. */
export function claimMac(list: ClaimList, text: string, kind: string): void {
  const mac = parseMac(text)
  if (mac === null || isPlaceholderMac(mac)) return
  const source: Source = { kind, group: 'mac', tier: 4, weight: BRAND_PREFIX }
  const first = Number.parseInt(mac.slice(0, 2), 16)
  if ((first & GROUP_ADDRESS) !== 0) return
  if ((first & LOCALLY_ADMINISTERED) !== 0)
    return list.say(
      source,
      'nobody',
      'locally administered',
      sentence`the MAC ${mac} is made up by a network or a system`,
      0,
    )
  if (list.knowledge.own && claimOwnPrefix(list, mac, kind)) return
  const registration = findRegistration(Number.parseInt(mac.replaceAll(':', ''), 16))
  if (!registration) return
  const prefix = `${mac.slice(0, registration.bits === 24 ? 8 : registration.bits === 28 ? 10 : 13)}/${registration.bits}`
  if (registration.organisation === null)
    return list.say(
      source,
      'nobody',
      'private',
      sentence`the owner of the MAC prefix ${prefix} keeps its name to itself`,
      0,
    )
  const organisation = list.knowledge.organisation(registration.organisation)
  if (!organisation) return
  list.sayFirm(
    source,
    organisation,
    sentence`the MAC prefix ${prefix} is registered to ${registration.organisation}`,
  )
  const { entry } = organisation
  if (entry?.role === 'brand' && entry.only !== null)
    list.say(source, 'class', entry.only, sentence`${entry.name} makes ${entry.only}`, CLASS_BY_MAKER)
}

/** `1.3.6.1.4.1`, iso.org.dod.internet.private.enterprises. */
const ENTERPRISES = /^\.?1\.3\.6\.1\.4\.1\.(\d{1,10}(?:\.\d{1,10}){0,120})/

/** @returns what stands below `1.3.6.1.4.1`, as `9.1.516`; null for another branch */
export const objectBelowEnterprises = (oid: string): string | null =>
  ENTERPRISES.exec(oid.trim())?.[1] ?? null

const ENTERPRISE = 0.7
/** A maker's own product numbers. */
const CLASS_BY_SUBTREE = 0.85

export interface ObjectSource extends Pick<Source, 'kind'> {
  /** Below 1 where the number says less: an engine may be a library's. */
  factor: number
  /** Whether the object identifies the device itself, and with it the kind of device. */
  isProduct: boolean
}

/** @param object below `1.3.6.1.4.1` */
export function claimObject(
  list: ClaimList,
  object: string,
  { kind, factor, isProduct }: ObjectSource,
): void {
  const source: Source = { kind, group: 'snmp', tier: 4, weight: ENTERPRISE * factor }
  const number = Number(object.split('.', 1)[0])
  const meaning = list.knowledge.objects.find(object)
  if (meaning === 'software')
    return list.say(
      source,
      'nobody',
      'software',
      sentence`the enterprise number ${number} is of software in many makers’ devices`,
      0,
    )
  if (!meaning) {
    const registered = findEnterprise(number)
    const organisation: Organisation | null =
      registered === null ? null : list.knowledge.organisation(withoutAddress(registered))
    if (organisation)
      list.sayFirm(
        source,
        organisation,
        sentence`the enterprise number ${number} is registered to ${registered ?? ''}`,
      )
    return
  }
  const { maker, subtree, class: named } = meaning
  const isSubtree = subtree.includes('.')
  list.sayFirm(
    isSubtree ? { ...source, tier: 3 } : source,
    { name: maker.name, entry: maker },
    isSubtree
      ? sentence`object identifiers below ${subtree} are used by ${maker.name}`
      : sentence`the enterprise number ${subtree} is used by ${maker.name}`,
  )
  const kindOfDevice = isProduct ? (named ?? (maker.role === 'brand' ? maker.only : null)) : null
  if (kindOfDevice !== null)
    list.say(
      { ...source, tier: 3 },
      'class',
      kindOfDevice,
      named
        ? sentence`product numbers below ${subtree} are ${maker.name}’s for ${named}`
        : sentence`${maker.name} makes ${kindOfDevice}`,
      named ? CLASS_BY_SUBTREE : CLASS_BY_MAKER,
    )
}

/** The list writes a page or a former name in brackets behind the organisation. */
const withoutAddress = (name: string): string => name.replace(/\s{0,9}[([].*$/s, '') || name

/** RFC 3411 5, SnmpEngineID: the enterprise in four octets, then a format; 3 is a MAC. */
export function claimEngineId(list: ClaimList, hex: string, kind: string): void {
  const plain = hex.replace(/^0x/i, '').replace(/[\s:]/g, '')
  if (!/^[0-9a-f]{10,64}$/i.test(plain)) return
  const octets = Buffer.from(plain, 'hex')
  const number = octets.readUInt32BE(0) & 0x7fffffff
  claimObject(list, String(number), { kind, factor: 0.85, isProduct: false })
  const isStandard = (octets.readUInt8(0) & 0x80) !== 0
  if (isStandard && octets[4] === 3 && octets.length >= 11)
    claimMac(list, octets.toString('hex', 5, 11), kind)
}
