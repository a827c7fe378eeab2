/** Whether this machine stands where the policy thinks that it does. */
import { AddressSet, formatIpv4, type PolicySegment } from '@ophav/shared'
import { linksOf } from '../net/link.ts'
import type { LinkState, LocalInterface } from '../net/network.ts'
import { checkLinks } from '../scan/link-check.ts'
import type { DoctorFinding } from './finding.ts'

export function findInterfaces(
  interfaces: readonly LocalInterface[],
  states: readonly LinkState[] | null,
): DoctorFinding[] {
  const links = linksOf(interfaces)
  const names = new Set([...links.map(({ name }) => name), ...(states ?? []).map(({ name }) => name)])
  names.delete('lo')
  if (names.size === 0) return [{ check: 'interface', level: 'fail', says: 'no network interface' }]
  return [...names].map((name): DoctorFinding => {
    const check = `interface.${name}`
    const addresses = links.filter((link) => link.name === name).map(({ address }) => formatIpv4(address))
    const state = states?.find((one) => one.name === name)
    if (state && !state.hasCarrier)
      return {
        check,
        level: 'warn',
        says: 'no carrier, or switched off',
        advice: `is the cable plugged in? ip link set ${name} up`,
      }
    return addresses.length > 0
      ? { check, level: 'ok', says: `up, ${addresses.join(', ')}` }
      : { check, level: 'warn', says: 'up, without an IPv4 address' }
  })
}

export function findSegment(
  { key, ranges }: Pick<PolicySegment, 'key' | 'ranges'>,
  interfaces: readonly LocalInterface[],
  states: readonly LinkState[] | null,
): DoctorFinding {
  const check = `segment.${key}`
  const link = checkLinks(AddressSet.parse(ranges), interfaces, states)
  if (link.unplugged.length > 0)
    return {
      check,
      level: 'fail',
      says: `no carrier on ${link.unplugged.join(', ')}: the segment is not reached`,
    }
  if (link.isOnLink) return { check, level: 'ok', says: 'this machine has an address in it' }
  return {
    check,
    level: 'warn',
    says: 'this machine has no address in it: no ARP, and silence proves nothing',
    advice: 'give the interface an address of the segment, or see to it that the port is in its VLAN',
  }
}
