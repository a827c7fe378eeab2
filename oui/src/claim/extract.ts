/** From evidence to claims: which kind is read in which way. A kind that nobody knows says nothing. */
import type { Evidence } from '@ophav/shared'
import { excerpt, type Claim, ClaimList, type Group, type Tier } from './claim.ts'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { claimDocument, resolveNamed } from './from-document.ts'
import { claimFingerprint } from './from-fingerprint.ts'
import { claimEngineId, claimMac, claimObject, objectBelowEnterprises } from './from-number.ts'
import { claimText, type TextSource } from './from-text.ts'
import { claimDescription, claimEntity, claimScalar } from './from-snmp.ts'
import { claimAppleModel, claimOnvifScopes, claimSubject } from './from-protocol.ts'

type Extract = (list: ClaimList, value: string, kind: string, oid: string | undefined) => void

/** Longer values are read to here; a device needs less to say who it is. */
const MAX_LENGTH = 16_384

const text =
  (group: Group, tier: Tier, weight: number, isModel = false): Extract =>
  (list, value, kind) =>
    void claimText(list, value, { kind, group, tier, weight, isModel } satisfies TextSource)

const document =
  (group: Group, tier: Tier, weight: number, platform?: string): Extract =>
  (list, value, kind) =>
    claimDocument(list, value, { kind, group, tier, weight, ...(platform === undefined ? {} : { platform }) })

const plainField =
  (field: 'serial' | 'name' | 'firmware', group: Group, weight: number): Extract =>
  (list, value, kind) =>
    list.add({
      field,
      value: excerpt(value, 80),
      entry: null,
      tier: 2,
      group,
      weight,
      kind,
      text: `${kind} "${excerpt(value)}"`,
    })

/** A name that people gave: it may tell the maker, and may be a joke. */
const hostname: Extract = (list, value, kind) => {
  plainField('name', 'discovery', 0.5)(list, value, kind, undefined)
  const reading = claimText(new ClaimList(list.knowledge), value, {
    kind,
    group: 'banner',
    tier: 5,
    weight: 0.3,
  })
  if (reading.brand && reading.brand.maker.role === 'brand')
    list.add({
      field: 'maker',
      value: reading.brand.maker.name,
      entry: reading.brand.maker,
      tier: 5,
      group: 'banner',
      weight: 0.3,
      kind,
      text: `the name "${excerpt(value)}" looks like ${reading.brand.maker.name}`,
    })
}

const registerMaker: Extract = (list, value, kind) => {
  const found = resolveNamed(list.knowledge, value)
  if (found)
    list.add({
      field: 'maker',
      value: found.name,
      entry: found.entry,
      tier: 2,
      group: 'register',
      weight: 0.85,
      kind,
      text: `a register says "${excerpt(value)}"`,
    })
}

const registerClass: Extract = (list, value, kind) =>
  list.add({
    field: 'class',
    value: excerpt(value, 40),
    entry: null,
    tier: 1,
    group: 'register',
    weight: 0.8,
    kind,
    text: `a register says "${excerpt(value)}"`,
  })

const banner = text('banner', 4, 0.66)

const EXTRACT: Readonly<Record<string, Extract>> = {
  mac: (list, value, kind) => claimMac(list, value, kind),
  model: text('register', 3, 0.75, true),
  serial: plainField('serial', 'register', 0.8),
  firmware: plainField('firmware', 'register', 0.8),
  hostname,
  'register.maker': registerMaker,
  'register.class': registerClass,
  'snmp.sysDescr': claimDescription,
  'snmp.sysObjectID': (list, value, kind) => {
    const object = objectBelowEnterprises(value)
    if (object !== null) claimObject(list, object, { kind, group: 'snmp', factor: 1, isProduct: true })
  },
  'snmp.engineID': (list, value, kind) => claimEngineId(list, value, kind),
  'snmp.sysName': hostname,
  'snmp.scalar': claimScalar,
  'snmp.printerSerial': plainField('serial', 'snmp', 0.9),
  'snmp.hrDeviceDescr': text('snmp', 5, 0.4),
  'hikvision.sadp.probeMatch': document('discovery', 1, 0.95, 'Hikvision'),
  'hikvision.isapi.deviceInfo': document('discovery', 1, 0.95, 'Hikvision'),
  'dahua.dhip.notifyDevInfo': document('discovery', 1, 0.95, 'Dahua'),
  'gb28181.deviceInfo': document('discovery', 1, 0.9),
  'onvif.getDeviceInformation': document('discovery', 1, 0.93),
  'onvif.scopes': claimOnvifScopes,
  'upnp.deviceDescription': document('discovery', 2, 0.85),
  'tplink.kasa.sysinfo': document('discovery', 1, 0.93, 'TP-Link'),
  'tplink.discovery20002': document('discovery', 1, 0.93, 'TP-Link'),
  'tplink.smart.deviceInfo': document('discovery', 1, 0.93, 'TP-Link'),
  'mdns.deviceInfoTxt': claimAppleModel,
  'mdns.instance': text('discovery', 3, 0.6),
  'mdns.service': (list, value, kind) => claimService(list, value, kind),
  'mdns.http.txt': text('discovery', 3, 0.7),
  'mdns.txt': text('discovery', 3, 0.7),
  'ipp.makeAndModel': text('discovery', 2, 0.85, true),
  'pjl.id': text('discovery', 2, 0.8, true),
  'tls.x509Subject': claimSubject,
  'tls.x509Issuer': claimSubject,
  'dhcp.vendorClass': text('banner', 4, 0.62),
  'h323.callresp': text('banner', 3, 0.7),
  'sip.server': text('banner', 3, 0.72),
  'sip.userAgent': text('banner', 3, 0.72),
  'http.server': banner,
  'http.title': banner,
  'http.headers': banner,
  'http.wwwAuthenticate': banner,
  'http.setCookie': banner,
  'rtsp.server': banner,
  'ssh.banner': banner,
  'telnet.banner': banner,
  'ftp.banner': banner,
  'smtp.banner': banner,
  'smb.nativeOs': banner,
  'ntp.readvar': banner,
}

/** Every kind that is read. */
export const EXTRACT_KINDS: readonly string[] = Object.keys(EXTRACT)

/** Services that one kind of device offers. */
const SERVICE_CLASS: Readonly<Record<string, readonly [maker: string | null, named: string]>> = {
  '_axis-video._tcp': ['Axis', 'camera'],
  '_ipp._tcp': [null, 'printer'],
  '_pdl-datastream._tcp': [null, 'printer'],
  '_printer._tcp': [null, 'printer'],
}

function claimService(list: ClaimList, value: string, kind: string): void {
  const [maker, named] = SERVICE_CLASS[value.trim().toLowerCase()] ?? []
  if (maker) claimText(list, maker, { kind, group: 'discovery', tier: 3, weight: 0.75 })
  if (named)
    list.add({
      field: 'class',
      value: named,
      entry: null,
      tier: 3,
      group: 'discovery',
      weight: 0.6,
      kind,
      text: `it offers ${excerpt(value)}`,
    })
}

/** Never throws, whatever the octets: what cannot be read claims nothing. */
export function extractClaims(evidence: readonly Evidence[], knowledge: Knowledge): Claim[] {
  const list = new ClaimList(knowledge)
  for (const { kind, value, oid } of evidence) {
    if (kind === 'snmp.entity') claimEntity(list, value, kind)
    else if (typeof value === 'string' || typeof value === 'number')
      extractText(list, kind, String(value).slice(0, MAX_LENGTH), oid)
  }
  return list.claims
}

/** What a whole text proves goes before what its words suggest; the words still tell what the fingerprint leaves open. */
function extractText(list: ClaimList, kind: string, text: string, oid: string | undefined): void {
  const extract = Object.hasOwn(EXTRACT, kind) ? EXTRACT[kind] : undefined
  const hit = list.knowledge.fingerprints.find(kind, text)
  if (!hit) return extract?.(list, text, kind, oid)
  const from = list.claims.length
  claimFingerprint(list, hit, kind)
  if (hit.fingerprint.software) return
  const said = new Set(list.claims.slice(from).map(({ field }) => field))
  if (said.has('maker')) said.add('component')
  const words = new ClaimList(list.knowledge)
  extract?.(words, text, kind, oid)
  list.claims.push(...words.claims.filter(({ field }) => !said.has(field)))
}
