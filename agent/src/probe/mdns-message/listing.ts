/** What one device says of its services (RFC 6763), and what is still to be asked of it. */
import { isPlaceholderMac, MAX_EVIDENCE_LENGTH, parseMac, type Evidence } from '@ophav/shared/value'
import type { Ask, Record } from './message.ts'

/** RFC 6763 9: lists the service types of a network. */
export const ENUMERATION: Ask = { name: '_services._dns-sd._udp.local', type: 'PTR' }

/** A device has a handful of services; what offers more does not get more questions. */
const MAX_TYPES = 16
const MAX_INSTANCES = 32
/** RFC 6763 6.1: a DNS-SD TXT record has at most 64 kB; a device that means well stays below 1.3 kB. */
const MAX_TEXT = 2_048

interface Instance {
  label: string
  type: string
  text: string[] | null
}

export class ServiceListing {
  readonly #types = new Map<string, string>()
  readonly #instances = new Map<string, Instance>()
  readonly #hosts = new Set<string>()
  /** TXT of `_device-info`, which has no SRV (Apple's Bonjour; used by Samba and avahi too). */
  #deviceInfo: string[] | null = null

  add(records: readonly Record[]): void {
    for (const record of records) {
      const name = record.name
      if (record.type === 'PTR') this.#addPointer(name, record.data)
      else if (record.type === 'TXT') this.#addText(name, textOf(record.data))
      else if (record.type === 'SRV') this.#hosts.add(withoutLocal(record.data.target))
      else if (record.type === 'A' || record.type === 'AAAA') this.#hosts.add(withoutLocal(name))
    }
  }

  /** The questions that the answers so far raise; each stands here until it is answered. */
  next(): Ask[] {
    const asks: Ask[] = []
    const instances = [...this.#instances.values()]
    for (const type of this.#types.values())
      if (!instances.some((instance) => instance.type === type))
        asks.push({ name: `${type}.local`, type: 'PTR' })
    for (const [name, { text }] of this.#instances) if (text === null) asks.push({ name, type: 'TXT' })
    const label = instances.find(({ type }) => type !== '_device-info._tcp')?.label
    if (this.#deviceInfo === null && label !== undefined)
      asks.push({ name: `${label}._device-info._tcp.local`, type: 'TXT' })
    return asks
  }

  evidence(): Evidence[] {
    const found: Evidence[] = []
    const add = (kind: string, value: string) =>
      value !== '' && found.push({ kind, value: value.slice(0, MAX_EVIDENCE_LENGTH) })
    for (const type of this.#types.values()) add('mdns.service', type)
    for (const host of this.#hosts) add('hostname', host)
    for (const label of new Set([...this.#instances.values()].map((instance) => instance.label)))
      add('mdns.instance', label)
    if (this.#deviceInfo) add('mdns.deviceInfoTxt', this.#deviceInfo.join('\n'))
    for (const { type, text } of this.#instances.values()) {
      if (!text || text.length === 0) continue
      if (type === '_http._tcp') add('mdns.http.txt', text.join('\n'))
      else add('mdns.txt', [type, ...text].join('\n'))
      for (const mac of macsIn(text)) add('mac', mac)
    }
    return found
  }

  #addPointer(name: string, target: string): void {
    if (name.toLowerCase() === ENUMERATION.name) this.#addType(withoutLocal(target))
    else {
      const parts = split(target)
      if (parts && withoutLocal(name).toLowerCase() === parts.type.toLowerCase())
        this.#addInstance(target, parts)
    }
  }

  #addType(type: string): void {
    const key = type.toLowerCase()
    if (/^_[^.]+\._(tcp|udp)$/.test(key) && this.#types.size < MAX_TYPES) this.#types.set(key, type)
  }

  #addInstance(name: string, { label, type }: { label: string; type: string }): void {
    this.#addType(type)
    if (this.#instances.size >= MAX_INSTANCES || this.#instances.has(name)) return
    this.#instances.set(name, { label, type, text: null })
  }

  #addText(name: string, text: string[]): void {
    const parts = split(name)
    if (!parts) return
    if (parts.type.toLowerCase() === '_device-info._tcp') this.#deviceInfo = text
    this.#addInstance(name, parts)
    const instance = this.#instances.get(name)
    if (instance) instance.text = text
  }
}

const withoutLocal = (name: string): string => name.replace(/\.?(local\.?)?$/i, '')

/** RFC 6763 4.1: instance, service, domain; the instance may hold dots. */
function split(name: string): { label: string; type: string } | null {
  const match = /^(.+)\.(_[^.]+\._(?:tcp|udp))\.local\.?$/is.exec(name)
  return match?.[1] && match[2] ? { label: match[1], type: match[2] } : null
}

/** RFC 6763 6: strings of `key=value`. */
function textOf(data: unknown): string[] {
  const strings = Array.isArray(data) ? (data as unknown[]) : [data]
  let room = MAX_TEXT
  return strings.flatMap((value) => {
    const text = Buffer.isBuffer(value) ? value.toString('utf8') : typeof value === 'string' ? value : ''
    const kept = text.slice(0, Math.max(0, room))
    room -= kept.length
    return kept === '' ? [] : [kept]
  })
}

/** Keys under which makers tell the device's own MAC: Axis `macaddress`, AirPlay `deviceid`. */
function macsIn(text: readonly string[]): string[] {
  return text.flatMap((entry) => {
    const value = /^(?:macaddress|deviceid)=(.+)$/i.exec(entry)?.[1]
    const mac = value === undefined ? null : parseMac(value)
    return mac !== null && !isPlaceholderMac(mac) ? [mac] : []
  })
}
