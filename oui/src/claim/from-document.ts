/** Claims from documents that devices give of themselves: XML, JSON and `key: value` lines. */
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { classInWords } from '../text/class-word.ts'
import { tokenize } from '../text/token.ts'
import { excerpt, type ClaimList, type Group, type Tier } from './claim.ts'
import { claimMac } from './from-number.ts'
import { claimText } from './from-text.ts'

/** What a field of a document means, by its name in small letters. */
const MEANING: Readonly<
  Record<string, 'maker' | 'model' | 'serial' | 'firmware' | 'mac' | 'class' | 'name'>
> = {
  manufacturer: 'maker',
  vendor: 'maker',
  mfg: 'maker',
  oem: 'maker',
  brand: 'maker',
  make: 'maker',
  devicebrand: 'maker',
  mfr: 'maker',
  model: 'model',
  modelname: 'model',
  modelnumber: 'model',
  devicemodel: 'model',
  devicetypename: 'model',
  hardware: 'model',
  product: 'model',
  productname: 'model',
  deviceproductcode: 'model',
  devicename2: 'model',
  mdl: 'model',
  serialnumber: 'serial',
  serialno: 'serial',
  serial: 'serial',
  deviceserialno: 'serial',
  devicesn: 'serial',
  sn: 'serial',
  serialnum: 'serial',
  firmwareversion: 'firmware',
  softwareversion: 'firmware',
  firmware: 'firmware',
  version: 'firmware',
  swver: 'firmware',
  fwver: 'firmware',
  sw_ver: 'firmware',
  fw_ver: 'firmware',
  macaddress: 'mac',
  mac: 'mac',
  mac_addr: 'mac',
  physicaladdress: 'mac',
  devicemac: 'mac',
  hwaddr: 'mac',
  devicetype: 'class',
  deviceclass: 'class',
  devicedescription: 'class',
  modeldescription: 'class',
  type: 'class',
  device_type: 'class',
  mic_type: 'class',
  dev_name: 'class',
  friendlyname: 'name',
  devicename: 'name',
  alias: 'name',
  hostname: 'name',
  machinename: 'name',
  nickname: 'name',
}

const MAX_FIELDS = 256

export interface DocumentSource {
  kind: string
  group: Group
  tier: Tier
  weight: number
  /** Who built what speaks this protocol, whatever name stands on the box. */
  platform?: string
}

export function claimDocument(list: ClaimList, text: string, source: DocumentSource): void {
  const { kind, group, tier, weight } = source
  const platform = source.platform === undefined ? undefined : list.knowledge.findMaker(source.platform)
  if (platform)
    list.add({
      field: 'maker',
      value: platform.name,
      entry: platform,
      tier: 1,
      group,
      weight: 0.95,
      kind,
      text: `only devices that ${platform.name} builds speak ${kind}`,
    })
  const fields = readFields(text)
  let makerName = ''
  for (const [name, raw] of fields) {
    const value = raw.trim()
    const meaning = MEANING[name.toLowerCase().replace(/^.*:/, '')]
    if (meaning === undefined || isPlaceholder(value)) continue
    const reason = `${kind}: ${name} is "${excerpt(value)}"`
    if (meaning === 'maker') {
      makerName ||= value
      const found = resolveNamed(list.knowledge, value)
      if (found)
        list.add({
          field: platform ? 'brand' : 'maker',
          value: found.name,
          entry: found.entry,
          tier,
          group,
          weight: found.entry ? weight : weight - 0.2,
          kind,
          text: reason,
        })
    } else if (meaning === 'model') {
      const reading = claimText(list, makerName ? `${makerName} ${value}` : value, {
        kind,
        group,
        tier: Math.max(tier, 2) as Tier,
        weight: weight - 0.1,
        isModel: true,
      })
      if (!reading.product || makerName)
        list.add({
          field: 'model',
          value: excerpt(value, 80),
          entry: null,
          tier,
          group,
          weight: 0.9,
          kind,
          text: reason,
        })
    } else if (meaning === 'serial')
      list.add({
        field: 'serial',
        value: excerpt(value, 80),
        entry: null,
        tier,
        group,
        weight: 0.9,
        kind,
        text: reason,
      })
    else if (meaning === 'firmware')
      list.add({
        field: 'firmware',
        value: excerpt(value, 80),
        entry: null,
        tier,
        group,
        weight: 0.8,
        kind,
        text: reason,
      })
    else if (meaning === 'mac') claimMac(list, value, kind)
    else if (meaning === 'name')
      list.add({
        field: 'name',
        value: excerpt(value, 80),
        entry: null,
        tier,
        group,
        weight: 0.6,
        kind,
        text: reason,
      })
    else {
      const named =
        CLASS_NAMES[value.toLowerCase().replace(/[^a-z0-9]+/g, '')] ??
        classInWords(tokenize(value.replace(/([a-z])([A-Z])/g, '$1 $2')))
      if (named)
        list.add({ field: 'class', value: named, entry: null, tier, group, weight: 0.88, kind, text: reason })
    }
  }
}

/** Types as cameras' protocols write them: ISAPI deviceType, DHIP DeviceClass, ONVIF, Kasa. */
const CLASS_NAMES: Readonly<Record<string, string>> = {
  ipc: 'camera',
  ipcamera: 'camera',
  ipdome: 'camera',
  ipzoom: 'camera',
  ptz: 'camera',
  ipd: 'camera',
  sd: 'camera',
  ipcsd: 'camera',
  networkcamera: 'camera',
  iotipcamera: 'camera',
  smartipcamera: 'camera',
  nvr: 'recorder',
  dvr: 'recorder',
  hvr: 'recorder',
  xvr: 'recorder',
  hcvr: 'recorder',
  evs: 'recorder',
  itc: 'traffic-camera',
  itse: 'traffic-camera',
  vto: 'door-station',
  vth: 'door-station',
  vthbox: 'door-station',
  doorstation: 'door-station',
  iotsmartplugswitch: 'plug',
  smarttapoplug: 'plug',
  smartkasaplug: 'plug',
  iotsmartbulb: 'lamp',
  smarttapobulb: 'lamp',
  smartipcameradoorbell: 'door-station',
  asi: 'access-control',
  acs: 'access-control',
}

/** What firmware writes where somebody should have filled in something. */
const isPlaceholder = (value: string): boolean =>
  value === '' ||
  /^(?:model|general|private|unknown|none|null|n\/a|default|oem|string|generic|-+|to be filled.*)$/i.test(
    value,
  )

/** Who is meant where a document or a register names a maker. */
export function resolveNamed(knowledge: Knowledge, name: string): Organisation | null {
  const organisation = knowledge.organisation(name)
  if (organisation?.entry) return organisation
  const { brand } = knowledge.reader.read(name)
  // A firm's own name comes first in it: what stands behind another word is another firm.
  return brand && brand.at === 0 && brand.maker.role === 'brand'
    ? { name: brand.maker.name, entry: brand.maker }
    : organisation
}

/** Fields in the order in which they stand: of JSON, of XML elements, or of lines. */
function readFields(text: string): [name: string, value: string][] {
  const trimmed = text.slice(0, 16_384).trim()
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return jsonFields(trimmed)
  if (trimmed.startsWith('<'))
    return matches(trimmed, /<([A-Za-z][\w:.-]{0,60})(?:\s[^<>]{0,300})?>([^<>]{1,400})</g)
  return matches(trimmed, /^\s*([A-Za-z][\w .-]{0,40}?)\s{0,4}[:=]\s{0,4}([^\r\n]{1,400})$/gm)
}

function jsonFields(text: string): [string, string][] {
  const fields: [string, string][] = []
  const walk = (value: unknown, depth: number): void => {
    if (depth > 8 || typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (fields.length >= MAX_FIELDS) return
      if (typeof inner === 'string' || typeof inner === 'number') fields.push([name, String(inner)])
      else walk(inner, depth + 1)
    }
  }
  try {
    walk(JSON.parse(text), 0)
    return fields
  } catch {
    // Cut or redacted: what can be read counts.
    return matches(text, /"([A-Za-z][\w.-]{0,60})"\s{0,4}:\s{0,4}"([^"\\]{1,400})"/g)
  }
}

function matches(text: string, pattern: RegExp): [string, string][] {
  const fields: [string, string][] = []
  for (const match of text.matchAll(pattern)) {
    fields.push([match[1] ?? '', match[2] ?? ''])
    if (fields.length >= MAX_FIELDS) break
  }
  return fields
}
