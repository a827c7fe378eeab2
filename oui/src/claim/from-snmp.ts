/** Claims from SNMP: descriptions with a host's name in them, ENTITY-MIB, makers' own scalars. */
import { sentence } from '../reason/sentence.ts'
import { excerpt, ClaimList, type Source } from './claim.ts'
import { resolveNamed } from './from-document.ts'
import { claimObject, objectBelowEnterprises } from './from-number.ts'
import { claimText } from './from-text.ts'

/** Descriptions that an operating system writes: `Linux HOST 5.4.0 ...`. The second word is the host's name. */
const SYSTEM_DESCRIPTION = /^(Linux|FreeBSD|OpenBSD|NetBSD|SunOS|Darwin|AIX|HP-UX|DragonFly) +(\S+)(.*)$/s
const WINDOWS = /^Hardware: .{0,200}Software: Windows/s

const FROM_SNMP = { group: 'snmp', tier: 2 } as const
/** A name that a host was given. */
const BY_HOST_NAME = 0.35
const BY_KERNEL_TEXT = 0.6
const OPERATING_SYSTEM = 0.9

export function claimDescription(list: ClaimList, value: string, kind: string): void {
  const source: Source = { kind, ...FROM_SNMP, weight: 0.85 }
  const system = SYSTEM_DESCRIPTION.exec(value)
  const isSystem = (name: string) =>
    list.say(source, 'operatingSystem', name, sentence`${kind} "${excerpt(value)}"`, OPERATING_SYSTEM)
  if (WINDOWS.test(value)) return isSystem('Windows')
  if (!system) return void claimText(list, value, source)
  const [, name = '', host = '', rest = ''] = system
  isSystem(name)
  // Firmware builders keep the kernel's text; a name behind the kernel's version is theirs, the host's is anybody's.
  const behind = new ClaimList(list.knowledge)
  claimText(behind, rest, { ...source, tier: 4, weight: BY_KERNEL_TEXT })
  list.claims.push(...behind.claims.filter(({ field }) => field === 'maker' || field === 'model'))
  const { brand, product } = list.knowledge.reader.read(host)
  const maker = brand?.maker ?? product?.maker
  if (maker?.role === 'brand')
    list.sayFirm(
      { kind, group: 'banner', tier: 5, weight: BY_HOST_NAME },
      { name: maker.name, entry: maker },
      sentence`the host is called "${excerpt(host)}"`,
    )
}

const MAKER_OF_CHASSIS = 0.87
const UNKNOWN_MAKER_OF_CHASSIS = 0.72
const TEXT_OF_CHASSIS = 0.8
const MODEL_OF_CHASSIS = 0.85
const SERIAL_OF_CHASSIS = 0.9
const FIRMWARE_OF_CHASSIS = 0.85
const MAX_FIELD = 1_000

/** ENTITY-MIB (RFC 6933): the chassis' maker, model, serial number and software revision. */
export function claimEntity(list: ClaimList, value: unknown, kind: string): void {
  if (typeof value !== 'object' || value === null) return
  const source: Source = { kind, ...FROM_SNMP, weight: TEXT_OF_CHASSIS }
  const field = (name: string): string => {
    const given = (value as Record<string, unknown>)[name]
    const text = typeof given === 'string' ? given.slice(0, MAX_FIELD).trim() : ''
    return PLACEHOLDER.test(text) ? '' : text
  }
  const mfg = field('mfg')
  const model = field('model')
  const descr = field('descr')
  const found = mfg === '' || UNTRUSTED.test(mfg) ? null : resolveNamed(list.knowledge, mfg)
  // Some firmware repeats a serial or a model where the maker belongs: an unknown name with a digit is none.
  const isName = found !== null && (found.entry === null ? !/\d/.test(mfg) : found.entry.role === 'brand')
  if (found && isName)
    list.sayFirm(
      source,
      found,
      sentence`its chassis names the maker "${excerpt(mfg)}"`,
      found.entry ? MAKER_OF_CHASSIS : UNKNOWN_MAKER_OF_CHASSIS,
    )
  const named = `${mfg} ${model}`.trim()
  if (named !== '') claimText(list, named, { ...source, isModel: true })
  if (descr !== '') claimText(list, descr, source)
  list.say(
    source,
    'model',
    excerpt(model, 80),
    sentence`its chassis names the model "${excerpt(model)}"`,
    MODEL_OF_CHASSIS,
  )
  const serial = field('serial')
  list.say(
    source,
    'serial',
    excerpt(serial, 80),
    sentence`its chassis names the serial "${excerpt(serial)}"`,
    SERIAL_OF_CHASSIS,
  )
  const firmware = field('firmware')
  list.say(
    source,
    'firmware',
    excerpt(firmware, 80),
    sentence`its chassis names the software revision "${excerpt(firmware)}"`,
    FIRMWARE_OF_CHASSIS,
  )
}

/** A toolkit's name that other makers leave in place. */
const UNTRUSTED = /^aricent/i
const PLACEHOLDER =
  /^(?:n\/?a|none|null|unknown|private|<private>|default|-+|0+|not (?:specified|available).*)$/i

/**
 * Objects whose text is a serial or a firmware version and no model, by the makers' public MIBs: Hikvision
 * softwVersion, Dahua deviceSN and softwareRevision, Palo Alto panSysSerialNumber and panSysSwVersion.
 */
const OBJECT_FIELD: Readonly<Record<string, 'serial' | 'firmware'>> = {
  '39165.1.3.0': 'firmware',
  '1004849.2.1.1.1.0': 'firmware',
  '1004849.2.1.2.4.0': 'serial',
  '25461.2.1.2.1.1.0': 'firmware',
  '25461.2.1.2.1.3.0': 'serial',
}

/** A maker's own object: its number names the maker, its text often the model. */
export function claimScalar(list: ClaimList, value: string, kind: string, oid: string | undefined): void {
  const object = objectBelowEnterprises(oid ?? '')
  if (object !== null) claimObject(list, object, { kind, factor: 1.1, isProduct: false })
  const field = OBJECT_FIELD[object ?? '']
  const source: Source = { kind, group: 'snmp', tier: field ? 1 : 3, weight: field ? 0.9 : 0.75 }
  if (field)
    return list.say(source, field, excerpt(value, 80), sentence`${kind} ${oid ?? ''} "${excerpt(value)}"`)
  if (/[a-z]/i.test(value)) claimText(list, value, source)
}
