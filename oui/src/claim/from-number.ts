/** Claims from registered numbers: IEEE prefixes, IANA enterprises, SNMP engine identifiers. */
import { isPlaceholderMac, parseMac } from '@ophav/shared/value'
import { findEnterprise } from '../enterprise/lookup.ts'
import type { Organisation } from '../knowledge/knowledge.ts'
import { findRegistration } from '../prefix/lookup.ts'
import type { ClaimList, Group } from './claim.ts'

/** Bit 1 of the first octet: assigned by whoever runs the network, so by nobody who made anything (IEEE 802). */
const LOCALLY_ADMINISTERED = 0x02
const GROUP_ADDRESS = 0x01

const BRAND_PREFIX = 0.68
/** An organisation that is in no catalogue may make parts. */
const UNKNOWN_PREFIX = 0.56

export function claimMac(list: ClaimList, text: string, kind: string): void {
  const mac = parseMac(text)
  if (mac === null || isPlaceholderMac(mac)) return
  const first = Number.parseInt(mac.slice(0, 2), 16)
  if ((first & (LOCALLY_ADMINISTERED | GROUP_ADDRESS)) !== 0) return
  const registration = findRegistration(Number.parseInt(mac.replaceAll(':', ''), 16))
  const organisation = registration && list.knowledge.organisation(registration.organisation)
  if (!registration || !organisation) return
  const { name, entry } = organisation
  const prefix = `${mac.slice(0, registration.bits === 24 ? 8 : registration.bits === 28 ? 10 : 13)}/${registration.bits}`
  const says = `the MAC prefix ${prefix} is registered to ${registration.organisation}`
  const group = 'mac'
  if (entry && entry.role !== 'brand') {
    if (entry.role !== 'virtual')
      list.add({
        field: 'component',
        value: name,
        entry,
        tier: 6,
        group,
        weight: 0.9,
        kind,
        text: `${says}, which makes parts or builds for others`,
      })
    return
  }
  list.add({
    field: 'maker',
    value: name,
    entry,
    tier: 4,
    group,
    weight: entry ? BRAND_PREFIX : UNKNOWN_PREFIX,
    kind,
    text: says,
  })
}

/** `1.3.6.1.4.1`, iso.org.dod.internet.private.enterprises. */
const ENTERPRISES = /^\.?1\.3\.6\.1\.4\.1\.(\d{1,10}(?:\.\d{1,10}){0,120})/

/** @returns what stands below `1.3.6.1.4.1`, as `9.1.516`; null for another branch */
export const objectBelowEnterprises = (oid: string): string | null =>
  ENTERPRISES.exec(oid.trim())?.[1] ?? null

const KNOWN_ENTERPRISE = 0.7
const UNKNOWN_ENTERPRISE = 0.58
/** A maker's own product numbers. */
const CLASS_BY_SUBTREE = 0.85

export interface NumberSource {
  kind: string
  group: Group
  /** Below 1 where the number says less: an engine may be a library's. */
  factor: number
  /** Whether the object identifies the device itself, and with it the kind of device. */
  isProduct: boolean
}

/** @param object below `1.3.6.1.4.1` */
export function claimObject(list: ClaimList, object: string, source: NumberSource): void {
  const { kind, group, factor, isProduct } = source
  const meaning = list.knowledge.objects.find(object)
  if (meaning === 'software') return
  const number = Number(object.split('.', 1)[0])
  const registered = findEnterprise(number)
  const organisation: Organisation | null = meaning
    ? { name: meaning.maker.name, entry: meaning.maker }
    : registered === null
      ? null
      : list.knowledge.organisation(withoutAddress(registered))
  if (!organisation) return
  const { name, entry } = organisation
  if (entry && entry.role !== 'brand') {
    if (entry.role !== 'virtual')
      list.add({
        field: 'component',
        value: name,
        entry,
        tier: 6,
        group,
        weight: 0.6,
        kind,
        text: `the enterprise number ${number} is that of ${name}, which makes parts`,
      })
    return
  }
  const isSubtree = meaning !== null && meaning.subtree.includes('.')
  list.add({
    field: 'maker',
    value: name,
    entry,
    tier: isSubtree ? 3 : 4,
    group,
    kind,
    weight: (entry ? KNOWN_ENTERPRISE : UNKNOWN_ENTERPRISE) * factor,
    text: meaning
      ? `the object identifier ${meaning.subtree} below 1.3.6.1.4.1 is used by ${name}`
      : `the enterprise number ${number} is registered to ${registered}`,
  })
  if (isProduct && meaning !== null && meaning.class !== null)
    list.add({
      field: 'class',
      value: meaning.class,
      entry: null,
      tier: 3,
      group,
      weight: CLASS_BY_SUBTREE,
      kind,
      text: `product numbers below ${meaning.subtree} are of ${name}: ${meaning.class}`,
    })
}

/** The list writes a page or a former name in brackets behind the organisation. */
const withoutAddress = (name: string): string => name.replace(/\s*[([].*$/s, '') || name

/** RFC 3411 5, SnmpEngineID: the enterprise in four octets, then a format; 3 is a MAC. */
export function claimEngineId(list: ClaimList, hex: string, kind: string): void {
  const plain = hex.replace(/^0x/i, '').replace(/[\s:]/g, '')
  if (!/^[0-9a-f]{10,64}$/i.test(plain)) return
  const octets = Buffer.from(plain, 'hex')
  const number = octets.readUInt32BE(0) & 0x7fffffff
  claimObject(list, String(number), { kind, group: 'snmp', factor: 0.85, isProduct: false })
  const isStandard = (octets.readUInt8(0) & 0x80) !== 0
  if (isStandard && octets[4] === 3 && octets.length >= 11)
    claimMac(list, octets.toString('hex', 5, 11), kind)
}
