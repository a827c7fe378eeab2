/** Claims from SNMP: descriptions with a host's name in them, ENTITY-MIB, makers' own scalars. */
import { excerpt, ClaimList } from './claim.ts'
import { resolveNamed } from './from-document.ts'
import { claimObject, objectBelowEnterprises } from './from-number.ts'
import { claimText } from './from-text.ts'

/** Descriptions that an operating system writes: `Linux HOST 5.4.0 ...`. The second word is the host's name. */
const SYSTEM_DESCRIPTION =
  /^(Linux|FreeBSD|OpenBSD|NetBSD|SunOS|Darwin|AIX|HP-UX|DragonFly) +(\S{1,255})(.*)$/s
const WINDOWS = /^Hardware: .{0,200}Software: Windows/s

export function claimDescription(list: ClaimList, value: string, kind: string): void {
  const source = { kind, group: 'snmp', tier: 2, weight: 0.85 } as const
  const system = SYSTEM_DESCRIPTION.exec(value)
  if (WINDOWS.test(value)) return claimSystem(list, 'Windows', value, kind)
  if (!system) return void claimText(list, value, source)
  const [, name = '', host = '', rest = ''] = system
  claimSystem(list, name, value, kind)
  // Firmware builders keep the kernel's text; a name behind the kernel's version is theirs, the host's is anybody's.
  const behind = new ClaimList(list.knowledge)
  claimText(behind, rest, { ...source, tier: 4, weight: 0.6 })
  list.claims.push(...behind.claims.filter(({ field }) => field === 'maker' || field === 'model'))
  const { brand, product } = list.knowledge.reader.read(host)
  const maker = brand?.maker ?? product?.maker
  if (maker && maker.role === 'brand')
    list.add({
      field: 'maker',
      value: maker.name,
      entry: maker,
      tier: 5,
      group: 'banner',
      weight: 0.35,
      kind,
      text: `the host is called "${excerpt(host)}"`,
    })
}

function claimSystem(list: ClaimList, name: string, value: string, kind: string): void {
  list.add({
    field: 'operatingSystem',
    value: name,
    entry: null,
    tier: 2,
    group: 'snmp',
    weight: 0.9,
    kind,
    text: `${kind} "${excerpt(value)}"`,
  })
}

/** ENTITY-MIB (RFC 6933): entPhysicalMfgName, entPhysicalModelName, entPhysicalSerialNum of the chassis. */
export function claimEntity(list: ClaimList, value: unknown, kind: string): void {
  if (typeof value !== 'object' || value === null) return
  const field = (name: string): string => {
    const given = (value as Record<string, unknown>)[name]
    return typeof given === 'string' ? given.slice(0, 1_000).trim() : ''
  }
  const mfg = field('mfg')
  const model = field('model')
  const found =
    mfg === '' || UNTRUSTED.test(mfg) || PLACEHOLDER.test(mfg) ? null : resolveNamed(list.knowledge, mfg)
  // Some firmware repeats a serial or a model where the maker belongs: an unknown name with a digit is none.
  const isName = found !== null && (found.entry === null ? !/\d/.test(mfg) : found.entry.role === 'brand')
  if (found && isName)
    list.add({
      field: 'maker',
      value: found.name,
      entry: found.entry,
      tier: 2,
      group: 'snmp',
      weight: found.entry ? 0.87 : 0.6,
      kind,
      text: `its chassis names the maker "${excerpt(mfg)}"`,
    })
  for (const text of [`${mfg} ${model}`, field('descr')])
    if (text.trim() !== '')
      claimText(list, text, { kind, group: 'snmp', tier: 2, weight: 0.8, isModel: text !== field('descr') })
  if (model !== '' && !PLACEHOLDER.test(model))
    list.add({
      field: 'model',
      value: excerpt(model, 80),
      entry: null,
      tier: 2,
      group: 'snmp',
      weight: 0.85,
      kind,
      text: `its chassis names the model "${excerpt(model)}"`,
    })
  const serial = field('serial')
  if (serial !== '' && !PLACEHOLDER.test(serial))
    list.add({
      field: 'serial',
      value: excerpt(serial, 80),
      entry: null,
      tier: 2,
      group: 'snmp',
      weight: 0.9,
      kind,
      text: `its chassis names the serial "${excerpt(serial)}"`,
    })
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
  if (object !== null) claimObject(list, object, { kind, group: 'snmp', factor: 1.1, isProduct: false })
  const field = OBJECT_FIELD[object ?? '']
  if (field)
    return list.add({
      field,
      value: excerpt(value, 80),
      entry: null,
      tier: 1,
      group: 'snmp',
      weight: 0.9,
      kind,
      text: `${kind} ${oid} "${excerpt(value)}"`,
    })
  if (/[a-z]/i.test(value)) claimText(list, value, { kind, group: 'snmp', tier: 3, weight: 0.75 })
}
