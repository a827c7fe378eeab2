/** Claims from registered numbers: IEEE prefixes, IANA enterprises, SNMP engine identifiers. */
import { isPlaceholderMac, parseMac } from '@ophav/shared/value'
import { findEnterprise } from '../enterprise/lookup.ts'
import { overrideOf } from '../enterprise/override.ts'
import type { MakerEntry } from '../maker/entry.ts'
import { ordinaryName, resolveOrganisation } from '../maker/organisation.ts'
import { findRegistration } from '../prefix/lookup.ts'
import type { ClaimList, Group } from './claim.ts'

export interface Organisation {
  name: string
  entry: MakerEntry | null
}

/** Names resolve once: a scan meets the same few hundred organisations again and again. */
const resolved = new Map<string, Organisation | null>()
const MAX_RESOLVED = 65_536

export function organisationOf(name: string): Organisation | null {
  const known = resolved.get(name)
  if (known !== undefined) return known
  const entry = resolveOrganisation(name)
  const ordinary = entry?.name ?? ordinaryName(name)
  const organisation = ordinary === null ? null : { name: ordinary, entry }
  if (resolved.size < MAX_RESOLVED) resolved.set(name, organisation)
  return organisation
}

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
  const organisation = registration && organisationOf(registration.organisation)
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
const ENTERPRISES = /^\.?1\.3\.6\.1\.4\.1\.(\d{1,10})(?:\.|$)/

export const enterpriseIn = (oid: string): number | null => {
  const number = ENTERPRISES.exec(oid.trim())?.[1]
  return number === undefined ? null : Number(number)
}

const KNOWN_ENTERPRISE = 0.7
const UNKNOWN_ENTERPRISE = 0.58

/** @param weightFactor below 1 where the number says less: an engine may be a library's */
export function claimEnterprise(
  list: ClaimList,
  number: number,
  kind: string,
  group: Group,
  weightFactor = 1,
): void {
  const override = overrideOf(number)
  if (override === 'software') return
  const registered = findEnterprise(number)
  const organisation: Organisation | null = override
    ? { name: override.name, entry: override }
    : registered === null
      ? null
      : organisationOf(withoutAddress(registered))
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
  list.add({
    field: 'maker',
    value: name,
    entry,
    tier: 4,
    group,
    kind,
    weight: (entry ? KNOWN_ENTERPRISE : UNKNOWN_ENTERPRISE) * weightFactor,
    text: override
      ? `the enterprise number ${number} is used by ${name}`
      : `the enterprise number ${number} is registered to ${registered}`,
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
  claimEnterprise(list, number, kind, 'snmp', 0.85)
  const isStandard = (octets.readUInt8(0) & 0x80) !== 0
  if (isStandard && octets[4] === 3 && octets.length >= 11)
    claimMac(list, octets.toString('hex', 5, 11), kind)
}
