/**
 * Hears LLMNR (RFC 4795). A question names somebody else, but for the one of type ANY with which a host makes sure that
 * its own name is free (RFC 4795 4.1).
 */
import { decode } from 'dns-packet'
import { EvidenceList } from '../heard-text.ts'
import type { Packet } from '../packet.ts'
import type { Heard, ListenProbe } from '../probe.ts'

const PORT = 5355
/** RFC 4795 2.1: a message over UDP fits a frame. */
const MAX_OCTETS = 1_500
const MAX_RECORDS = 16

export const llmnrListen: ListenProbe = {
  kind: 'listen',
  name: 'llmnr-listen',
  title: 'LLMNR, heard',
  transport: 'multicast',
  ports: [],
  privilege: 'raw-socket',
  packetsPerDevice: 0,
  yields: ['mac', 'llmnr.name'],
  wish: { udpPorts: [PORT], groups: ['01:00:5e:00:00:fc', '33:33:00:01:00:03'] },
  datagrams: { port: PORT, group: '224.0.0.252' },
  hear,
}

function hear({ payload, source, sourceAddress }: Packet): Heard[] | 'malformed' {
  const names = readNames(payload)
  if (names === null) return 'malformed'
  const list = new EvidenceList().addMac(source)
  for (const name of names) list.add('llmnr.name', name.replace(/\.$/, ''))
  return [{ mac: source, address: sourceAddress, evidence: list.pieces }]
}

/** @returns the sender's own names; null for what is no message */
function readNames(message: Buffer): string[] | null {
  if (message.length > MAX_OCTETS) return null
  try {
    const { type, questions = [], answers = [] } = decode(message)
    if (type === 'query')
      return questions
        .slice(0, MAX_RECORDS)
        .flatMap((question) => ((question.type as string) === 'ANY' ? [question.name] : []))
    return answers
      .slice(0, MAX_RECORDS)
      .flatMap((answer) => (answer.type === 'A' || answer.type === 'AAAA' ? [answer.name] : []))
  } catch {
    return null
  }
}
