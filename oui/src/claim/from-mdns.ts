/** Claims from mDNS: what a device offers, and the model codes that Apple's devices give. */
import { sentence } from '../reason/sentence.ts'
import { excerpt, type ClaimList, type Source } from './claim.ts'
import { appleClassOf, isAppleBoard } from './apple-board.ts'
import { claimMac } from './from-number.ts'
import { claimText } from './from-text.ts'

/** Services that one maker's or one kind of device offers. */
const SERVICE: Readonly<Record<string, { maker?: string; class?: string }>> = {
  '_axis-video._tcp': { maker: 'Axis', class: 'camera' },
  '_axis-nvr._tcp': { maker: 'Axis', class: 'recorder' },
  '_ipp._tcp': { class: 'printer' },
  '_ipps._tcp': { class: 'printer' },
  '_pdl-datastream._tcp': { class: 'printer' },
  '_printer._tcp': { class: 'printer' },
  '_uscan._tcp': { class: 'printer' },
  '_scanner._tcp': { class: 'printer' },
  '_sonos._tcp': { maker: 'Sonos', class: 'speaker' },
  '_hue._tcp': { maker: 'Philips' },
  '_psia._tcp': { class: 'camera' },
  '_cgi._tcp': {},
}

const BY_SERVICE = 0.75
const CLASS_BY_SERVICE = 0.6
const MAX_VALUE = 4_096

/**
 * DNS-SD (RFC 6763): a service's type, or a JSON document with `type`, `name` and `txt` of an instance. The class is
 * a weak hint: a print server offers what a printer offers.
 */
export function claimService(list: ClaimList, value: string, kind: string): void {
  const source: Source = { kind, group: 'discovery', tier: 3, weight: BY_SERVICE }
  const instance = readInstance(value)
  const type = (instance?.type ?? value)
    .trim()
    .toLowerCase()
    .replace(/\.local\.?$/, '')
  const meaning = Object.hasOwn(SERVICE, type) ? SERVICE[type] : undefined
  const entry = meaning?.maker === undefined ? undefined : list.knowledge.findMaker(meaning.maker)
  if (entry) list.sayFirm(source, { name: entry.name, entry }, sentence`it offers ${excerpt(type)}`)
  list.say(source, 'class', meaning?.class ?? '', sentence`it offers ${excerpt(type)}`, CLASS_BY_SERVICE)
  if (!instance) return
  if (instance.name !== '') claimText(list, instance.name, source)
  if (instance.mac !== '') claimMac(list, instance.mac, kind)
}

function readInstance(value: string): { type: string; name: string; mac: string } | null {
  if (!value.startsWith('{') || value.length > MAX_VALUE) return null
  try {
    const { type, name, txt } = JSON.parse(value) as Record<string, unknown>
    const mac = typeof txt === 'object' && txt !== null ? (txt as Record<string, unknown>)['macaddress'] : ''
    const text = (given: unknown): string => (typeof given === 'string' ? given : '')
    return { type: text(type), name: text(name), mac: text(mac) }
  } catch {
    return null
  }
}

const MODEL = /(?:^|[\n;,\s])model=([^\n;]{1,80})/i

/** `_device-info._tcp`: `model=` with a name, or with the board code of an Apple device. */
export function claimDeviceInfo(list: ClaimList, value: string, kind: string): void {
  const source: Source = { kind, group: 'discovery', tier: 2, weight: 0.85 }
  const model = MODEL.exec(value)?.[1]?.trim() ?? value.trim()
  const apple = list.knowledge.findMaker('Apple')
  if (!apple || !isAppleBoard(model)) return void claimText(list, model, { ...source, isModel: true })
  list.sayFirm(
    source,
    { name: apple.name, entry: apple },
    sentence`the model code ${excerpt(model)} is of Apple’s boards`,
  )
  list.say(source, 'model', model, sentence`${kind} "${excerpt(value)}"`)
  list.say(
    source,
    'class',
    appleClassOf(model) ?? '',
    sentence`the board ${excerpt(model)} is of such devices`,
  )
}
