/** Claims from documents that devices give of themselves: XML, JSON and `key: value` lines. */
import { sentence } from '../reason/sentence.ts'
import type { Knowledge, Organisation } from '../knowledge/knowledge.ts'
import { classInWords } from '../text/class-word.ts'
import { tokenize } from '../text/token.ts'
import { excerpt, type ClaimList, type Source, type Tier } from './claim.ts'
import { readDocumentFields } from './document-field.ts'
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

export interface DocumentSource extends Source {
  /** Who built what speaks this protocol, whatever name stands on the box. */
  platform?: string
}

const BY_PLATFORM = 0.95
/** A field that a maker's own protocol gives for just this. */
const STATED = 0.9
const FIRMWARE = 0.8
const NAME = 0.6
const CLASS = 0.88
const MAX_KEPT = 80

export function claimDocument(list: ClaimList, text: string, source: DocumentSource): void {
  const { kind, tier, weight } = source
  const platform = source.platform === undefined ? undefined : list.knowledge.findMaker(source.platform)
  if (platform)
    list.sayFirm(
      { ...source, tier: 1 },
      { name: platform.name, entry: platform },
      sentence`only devices that ${platform.name} builds speak ${kind}`,
      BY_PLATFORM,
    )
  let makerName = ''
  for (const [name, raw] of readDocumentFields(text)) {
    const value = raw.trim()
    const meaning = MEANING[name.toLowerCase().replace(/^.*:/, '')]
    if (meaning === undefined || isPlaceholder(value)) continue
    const kept = excerpt(value, MAX_KEPT)
    const reason = sentence`${kind}: ${name} is "${excerpt(value)}"`
    if (meaning === 'maker') {
      makerName ||= value
      const found = resolveNamed(list.knowledge, value)
      if (!found) continue
      // A platform's devices carry other names on the box; they are brands, not who built it.
      if (platform) list.sayBrand(source, found, reason)
      else list.sayFirm(source, found, reason)
    } else if (meaning === 'model') {
      const reading = claimText(list, makerName ? `${makerName} ${value}` : value, {
        ...source,
        tier: Math.max(tier, 2) as Tier,
        weight: weight - 0.1,
        isModel: true,
      })
      if (!reading.product || makerName) list.say(source, 'model', kept, reason, STATED)
    } else if (meaning === 'serial') list.say(source, 'serial', kept, reason, STATED)
    else if (meaning === 'firmware') list.say(source, 'firmware', kept, reason, FIRMWARE)
    else if (meaning === 'mac') claimMac(list, value, kind)
    else if (meaning === 'name') list.say(source, 'name', kept, reason, NAME)
    else {
      const named =
        CLASS_NAMES[value.toLowerCase().replace(/[^a-z0-9]+/g, '')] ??
        classInWords(tokenize(value.replace(/([a-z])([A-Z])/g, '$1 $2')))
      if (named) list.say(source, 'class', named, reason, CLASS)
      // Some protocols call the model a type.
      else if (list.knowledge.reader.read(value, true).product)
        claimText(list, value, { ...source, isModel: true })
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
