/** Which evidence repeats itself: pieces of one group count once, groups confirm each other. */
import type { Group } from './claim.ts'

const BY_PROTOCOL: Readonly<Record<string, Group>> = {
  mac: 'mac',
  snmp: 'snmp',
  model: 'register',
  register: 'register',
  hikvision: 'discovery',
  dahua: 'discovery',
  gb28181: 'discovery',
  onvif: 'discovery',
  upnp: 'discovery',
  mdns: 'discovery',
  ipp: 'discovery',
  pjl: 'discovery',
  tplink: 'discovery',
}

/** @param kind an evidence kind, as `snmp.sysDescr` */
export const groupOf = (kind: string): Group => BY_PROTOCOL[kind.split('.', 1)[0] ?? ''] ?? 'banner'
