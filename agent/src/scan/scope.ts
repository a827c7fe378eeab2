/** The approved scope: the one place that says which addresses and ports may get a packet. */
import { AddressSet, OphavError, parseIpv4 } from '@ophav/shared/value'

/** Line printer daemon (RFC 1179) and raw printing: printers print what they are sent. */
export const BARRED_TCP: ReadonlySet<number> = new Set([515, 9100, 9101, 9102, 9103, 9104, 9105, 9106, 9107])

/**
 * Groups that devices are discovered with, and their ports. Link-local scope or TTL 1: what is sent there stays on the
 * segment. mDNS: RFC 6762 3.
 */
const DISCOVERY_GROUPS: ReadonlyMap<string, number> = new Map([['224.0.0.251', 5353]])

export interface Scope {
  /** What may be sent to: the ranges without the exclusions. */
  readonly addresses: AddressSet
  /** @throws OphavError `scope.outside` */
  check(address: string, port: number, protocol: 'udp' | 'tcp'): void
  /**
   * For frames, whose addresses are numbers.
   * @param tcpPort where the frame carries TCP
   * @throws OphavError `scope.outside`, `scope.barred-port`
   */
  checkNumber(address: number, tcpPort?: number): void
}

/** @throws OphavError `address.invalid-range` */
export function approvedScope(ranges: Iterable<string>, exclusions: Iterable<string>): Scope {
  const addresses = AddressSet.parse(ranges).without(AddressSet.parse(exclusions))
  return {
    addresses,
    check(address, port, protocol) {
      if (protocol === 'tcp' && BARRED_TCP.has(port))
        throw new OphavError('scope.barred-port', { address, port })
      if (protocol === 'udp' && DISCOVERY_GROUPS.get(address) === port) return
      const number = parseIpv4(address)
      if (number === null || !addresses.has(number)) throw new OphavError('scope.outside', { address, port })
    },
    checkNumber(address, tcpPort) {
      if (tcpPort !== undefined && BARRED_TCP.has(tcpPort))
        throw new OphavError('scope.barred-port', { address, port: tcpPort })
      if (!addresses.has(address)) throw new OphavError('scope.outside', { address })
    },
  }
}
