/** Cells of tables as what they stand for: null where a device has written something else. */
import { formatMac, isPlaceholderMac, type Mac } from '@ophav/shared/value'
import { octetsToText } from '../snmp-message/octets-text.ts'

const MAC_OCTETS = 6
const IPV4_OCTETS = 4

/** @returns null for anything but six octets, and for the zeros and ones that stand for none */
export function macOf(value: unknown): Mac | null {
  if (!Buffer.isBuffer(value) || value.length !== MAC_OCTETS) return null
  const mac = formatMac(value)
  return isPlaceholderMac(mac) ? null : mac
}

export const integerOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0x7fff_ffff ? value : null

/** IEEE 802.1Q: 0 and 4095 are reserved. */
export function vlanOf(value: unknown): number | null {
  const number = integerOf(value)
  return number !== null && number >= 1 && number <= 4094 ? number : null
}

/** Text of at most so many characters, and none that is cut in its middle. */
export function textOf(value: unknown, maxLength = 255): string | null {
  if (!Buffer.isBuffer(value)) return null
  const text = octetsToText(value)
  const cut = text.length > maxLength ? text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '') : text
  return cut.trim() === '' ? null : cut
}

export const ipv4Of = (octets: Uint8Array | readonly number[]): string | null =>
  octets.length === IPV4_OCTETS && [...octets].every((octet) => octet >= 0 && octet <= 255)
    ? [...octets].join('.')
    : null

/** The arcs of an index; empty where one is no number of 32 bits. */
export function arcsOf(index: string): number[] {
  const arcs = index.split('.').map(Number)
  return arcs.every((arc) => Number.isInteger(arc) && arc >= 0 && arc <= 0xffff_ffff) ? arcs : []
}

/** Six arcs of an index as a MAC. */
export const macOfArcs = (arcs: readonly number[]): Mac | null =>
  arcs.length === MAC_OCTETS && arcs.every((arc) => arc <= 255) ? macOf(Buffer.from(arcs)) : null
