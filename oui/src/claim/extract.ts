/** From evidence to claims: which kind is read in which way. A kind that nobody knows says nothing. */
import { sentence } from '../reason/sentence.ts'
import type { Evidence } from '@ophav/shared'
import type { Knowledge } from '../knowledge/knowledge.ts'
import { settleOwnRules } from '../override/settle.ts'
import { ClaimList, excerpt, type Claim, type Field, type Group, type Source, type Tier } from './claim.ts'
import { claimSubject } from './from-certificate.ts'
import { claimDocument, resolveNamed } from './from-document.ts'
import { claimFingerprint } from './from-fingerprint.ts'
import { claimDeviceInfo, claimService } from './from-mdns.ts'
import { claimEngineId, claimMac, claimObject, objectBelowEnterprises } from './from-number.ts'
import { claimOnvifScopes } from './from-onvif.ts'
import { claimPrinter } from './from-printer.ts'
import { claimDescription, claimEntity, claimScalar } from './from-snmp.ts'
import { claimText } from './from-text.ts'
import { rememberClaims } from './memory.ts'

type Read = (list: ClaimList, value: string, source: Source, oid: string | undefined) => void

interface Kind {
  group: Group
  tier: Tier
  /** Of a maker that it names. */
  weight: number
  read: Read
}

/** Longer values are read to here; a device needs less to say who it is. */
const MAX_LENGTH = 16_384

const words: Read = (list, value, source) => void claimText(list, value, source)
const modelWords: Read = (list, value, source) => void claimText(list, value, { ...source, isModel: true })
const documentOf =
  (platform?: string): Read =>
  (list, value, source) =>
    claimDocument(list, value, platform === undefined ? source : { ...source, platform })
const fieldOf =
  (field: Field): Read =>
  (list, value, source) =>
    list.say(source, field, excerpt(value, 80), sentence`${source.kind} "${excerpt(value)}"`)

/** A name that people gave: it may tell the maker, and may be a joke. */
const hostName: Read = (list, value, source) => {
  list.say(source, 'name', excerpt(value, 80), sentence`${source.kind} "${excerpt(value)}"`)
  const maker = list.knowledge.reader.brandIn(value)
  if (maker?.role === 'brand')
    list.sayFirm(
      { kind: source.kind, group: 'banner', tier: 5, weight: BY_HOST_NAME },
      { name: maker.name, entry: maker },
      sentence`the name "${excerpt(value)}" looks like ${maker.name}`,
    )
}

const BY_HOST_NAME = 0.3

const registerMaker: Read = (list, value, source) => {
  const found = resolveNamed(list.knowledge, value)
  if (found) list.sayFirm(source, found, sentence`a register says "${excerpt(value)}"`)
}

/** sysObjectID; some agents write more behind the number. */
const object: Read = (list, value, { kind }) => {
  const below = objectBelowEnterprises(value)
  if (below !== null) claimObject(list, below, { kind, factor: 1, isProduct: true })
  const behind = /^[\d.]+ +(.*)$/s.exec(value)?.[1]
  if (behind !== undefined) claimText(list, behind, { kind, group: 'snmp', tier: 2, weight: 0.85 })
}

/** RFC 9110 11.5: the realm is the text that a person sees; the rest are numbers of the exchange. */
const realm: Read = (list, value, source) =>
  void claimText(list, /realm="([^"]+)"/i.exec(value)?.[1] ?? value, source)

const kind = (group: Group, tier: Tier, weight: number, read: Read): Kind => ({ group, tier, weight, read })
const banner = kind('banner', 4, 0.66, words)

const KINDS: Readonly<Record<string, Kind>> = {
  mac: kind('mac', 4, 0.68, (list, value, source) => claimMac(list, value, source.kind)),
  model: kind('register', 3, 0.75, modelWords),
  serial: kind('register', 2, 0.8, fieldOf('serial')),
  firmware: kind('register', 2, 0.8, fieldOf('firmware')),
  hostname: kind('discovery', 2, 0.5, hostName),
  'register.maker': kind('register', 2, 0.85, registerMaker),
  'register.class': kind('register', 1, 0.8, fieldOf('class')),
  'snmp.sysDescr': kind('snmp', 2, 0.85, (list, value, source) => claimDescription(list, value, source.kind)),
  'snmp.sysObjectID': kind('snmp', 4, 0.7, object),
  'snmp.engineID': kind('snmp', 4, 0.6, (list, value, source) => claimEngineId(list, value, source.kind)),
  'snmp.sysName': kind('discovery', 2, 0.5, hostName),
  'snmp.scalar': kind('snmp', 3, 0.75, (list, value, source, oid) =>
    claimScalar(list, value, source.kind, oid),
  ),
  'snmp.printerSerial': kind('snmp', 2, 0.9, fieldOf('serial')),
  'snmp.hrDeviceDescr': kind('snmp', 5, 0.4, words),
  'hikvision.sadp.probeMatch': kind('discovery', 1, 0.95, documentOf('Hikvision')),
  'hikvision.isapi.deviceInfo': kind('discovery', 1, 0.95, documentOf('Hikvision')),
  'dahua.dhip.notifyDevInfo': kind('discovery', 1, 0.95, documentOf('Dahua')),
  'gb28181.deviceInfo': kind('discovery', 1, 0.9, documentOf()),
  'onvif.getDeviceInformation': kind('discovery', 1, 0.93, documentOf()),
  'onvif.scopes': kind('discovery', 3, 0.76, (list, value, source) =>
    claimOnvifScopes(list, value, source.kind),
  ),
  'upnp.deviceDescription': kind('discovery', 2, 0.85, documentOf()),
  'tplink.kasa.sysinfo': kind('discovery', 1, 0.93, documentOf('TP-Link')),
  'tplink.discovery20002': kind('discovery', 1, 0.93, documentOf('TP-Link')),
  'tplink.smart.deviceInfo': kind('discovery', 1, 0.93, documentOf('TP-Link')),
  'mdns.deviceInfoTxt': kind('discovery', 2, 0.85, (list, value, source) =>
    claimDeviceInfo(list, value, source.kind),
  ),
  'mdns.instance': kind('discovery', 3, 0.6, words),
  'mdns.service': kind('discovery', 3, 0.75, (list, value, source) => claimService(list, value, source.kind)),
  'mdns.http.txt': kind('discovery', 3, 0.7, words),
  'mdns.txt': kind('discovery', 3, 0.7, words),
  'ipp.makeAndModel': kind('discovery', 2, 0.85, claimPrinter),
  'pjl.id': kind('discovery', 2, 0.8, claimPrinter),
  'tls.x509Subject': kind('banner', 3, 0.72, (list, value, source) => claimSubject(list, value, source.kind)),
  'tls.x509Issuer': kind('banner', 3, 0.72, (list, value, source) => claimSubject(list, value, source.kind)),
  'dhcp.vendorClass': kind('banner', 4, 0.62, words),
  'dhcp.hostname': kind('discovery', 2, 0.5, hostName),
  'nbns.name': kind('discovery', 2, 0.5, hostName),
  'llmnr.name': kind('discovery', 2, 0.5, hostName),
  'ssdp.server': banner,
  // What LLDP and CDP carry is the text that SNMP tells as well.
  'lldp.sysDescr': kind('snmp', 2, 0.85, (list, value, source) => claimDescription(list, value, source.kind)),
  'lldp.sysName': kind('discovery', 2, 0.5, hostName),
  'lldp.medManufacturer': kind('discovery', 2, 0.85, words),
  'lldp.medModel': kind('discovery', 2, 0.85, modelWords),
  'lldp.medSerial': kind('discovery', 2, 0.9, fieldOf('serial')),
  'lldp.medSoftware': kind('discovery', 2, 0.8, fieldOf('firmware')),
  'cdp.version': kind('snmp', 2, 0.85, (list, value, source) => claimDescription(list, value, source.kind)),
  'cdp.platform': kind('discovery', 3, 0.8, modelWords),
  'cdp.deviceId': kind('discovery', 2, 0.5, hostName),
  'mndp.identity': kind('discovery', 2, 0.5, hostName),
  'mndp.platform': kind('discovery', 2, 0.85, words),
  'mndp.board': kind('discovery', 2, 0.85, modelWords),
  'mndp.version': kind('discovery', 2, 0.8, fieldOf('firmware')),
  'ubnt.hostname': kind('discovery', 2, 0.5, hostName),
  'ubnt.model': kind('discovery', 2, 0.85, modelWords),
  'ubnt.platform': kind('discovery', 3, 0.7, modelWords),
  'ubnt.firmware': kind('discovery', 2, 0.8, fieldOf('firmware')),
  'h323.callresp': kind('banner', 3, 0.7, words),
  'sip.server': kind('banner', 3, 0.72, words),
  'sip.userAgent': kind('banner', 3, 0.72, words),
  'http.server': banner,
  'http.title': banner,
  'http.headers': banner,
  'http.wwwAuthenticate': kind('banner', 4, 0.66, realm),
  'http.setCookie': banner,
  'http.faviconMd5': kind('banner', 4, 0.66, () => undefined),
  'rtsp.server': banner,
  'ssh.banner': banner,
  'telnet.banner': banner,
  'ftp.banner': banner,
  'smtp.banner': banner,
  'smb.nativeOs': banner,
  'ntp.readvar': banner,
  'snmp.entity': kind('snmp', 2, 0.87, () => undefined),
}

/** Every kind that is read. */
export const EVIDENCE_KINDS: readonly string[] = Object.keys(KINDS)

/** Values that differ from device to device: remembering them would push out what repeats. */
const OWN = new Set([
  'mac',
  'serial',
  'hostname',
  'snmp.sysName',
  'snmp.engineID',
  'snmp.printerSerial',
  'dhcp.hostname',
  'nbns.name',
  'llmnr.name',
  'lldp.sysName',
  'lldp.medSerial',
  'cdp.deviceId',
  'mndp.identity',
  'ubnt.hostname',
])

/** Never throws, whatever the octets: what cannot be read claims nothing. */
export function extractClaims(evidence: readonly Evidence[], knowledge: Knowledge): Claim[] {
  const list = new ClaimList(knowledge)
  for (const { kind: name, value, oid } of evidence) {
    if (name === 'snmp.entity') list.claims.push(...claimsOf(knowledge, (of) => claimEntity(of, value, name)))
    else if (typeof value === 'string' || typeof value === 'number') {
      // SNMP tools write object identifiers with and without a leading dot.
      const text = (name === 'snmp.sysObjectID' ? String(value).replace(/^\./, '') : String(value)).slice(
        0,
        MAX_LENGTH,
      )
      const read = (of: ClaimList) => readPiece(of, name, text, oid)
      const isRepeated = oid === undefined && !OWN.has(name)
      if (isRepeated)
        list.claims.push(...rememberClaims(knowledge, name, text, () => claimsOf(knowledge, read)))
      else if (knowledge.own) list.claims.push(...claimsOf(knowledge, read))
      else read(list)
    }
  }
  return list.claims
}

/** What one piece claims, with the organisation's own rules settled. */
function claimsOf(knowledge: Knowledge, read: (list: ClaimList) => void): readonly Claim[] {
  const list = new ClaimList(knowledge)
  read(list)
  if (!knowledge.own) return list.claims
  return settleOwnRules(list.claims, claimsOf(knowledge.own.without, read), knowledge.own)
}

/** Evidence of a kind that only an organisation's own fingerprint knows. */
const OTHER: Kind = kind('banner', 4, 0.66, () => undefined)

/** What a whole text proves goes before what its words suggest; the words still tell what the fingerprint leaves open. */
function readPiece(list: ClaimList, name: string, value: string, oid: string | undefined): void {
  const { group, tier, weight, read } = (Object.hasOwn(KINDS, name) ? KINDS[name] : undefined) ?? OTHER
  const source: Source = { kind: name, group, tier, weight }
  const hit = list.knowledge.fingerprints.find(name, value)
  if (!hit) return read(list, value, source, oid)
  const from = list.claims.length
  claimFingerprint(list, hit, source)
  if (hit.fingerprint.software) return
  const said = new Set(list.claims.slice(from).map(({ field }) => field))
  if (said.has('maker')) said.add('component')
  const beside = new ClaimList(list.knowledge)
  read(beside, value, source, oid)
  list.claims.push(...beside.claims.filter(({ field }) => !said.has(field)))
}
