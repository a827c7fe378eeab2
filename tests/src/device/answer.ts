/** What a recorded device answers to a datagram: for simulators of sockets and of frames alike. */
import { answerMdns } from './mdns-responder.ts'
import type { Recording } from './recording.ts'
import { answerSnmp } from './snmp-responder.ts'

/** `mdns` asks the device itself, `mdns-multicast` the group from port 5353. */
export type Protocol = 'snmp' | 'mdns' | 'mdns-multicast'

/** The ports on which devices listen (RFC 3417 3.1, RFC 6762 3). */
export const PORTS = { snmp: 161, mdns: 5353 } as const

/** @param address the device's own: mDNS tells it */
export function answer(
  recording: Recording,
  protocol: Protocol,
  datagram: Buffer,
  address = '0.0.0.0',
): Buffer[] {
  return protocol === 'snmp'
    ? answerSnmp(recording, datagram)
    : answerMdns(recording, datagram, address, protocol === 'mdns')
}
