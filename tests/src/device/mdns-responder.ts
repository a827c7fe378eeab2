/** What a recorded device answers to mDNS (RFC 6762, RFC 6763), asked by multicast or directly. */
import { decode, encode, type Answer, type Question } from 'dns-packet'
import type { Recording } from './recording.ts'

const ENUMERATION = '_services._dns-sd._udp.local'
/** RFC 6762 10: records that name a host live two minutes, others 75; towards legacy resolvers ten seconds (6.7). */
const HOST_TTL = 120
const OTHER_TTL = 4_500
const LEGACY_TTL = 10

type Known = Exclude<Answer, { type: 'OPT' }>

const recordsOf = new WeakMap<Recording, Map<string, Known[]>>()

/**
 * @param address the device's own, for its A record
 * @param isLegacy whether the question came from another port than 5353, or directly: the answer repeats its number
 * and question (RFC 6762 6.7)
 */
export function answerMdns(
  recording: Recording,
  datagram: Buffer,
  address: string,
  isLegacy: boolean,
): Buffer[] {
  if (!recording.mdns) return []
  const records = recordsOf.get(recording) ?? describe(recording, address)
  recordsOf.set(recording, records)
  const query = readQuery(datagram)
  const questions = query?.questions ?? []
  const answers = questions.flatMap((question) => answersTo(question, records))
  if (!query || answers.length === 0) return []
  const additionals = furtherRecords(answers, records)
  const limit = (list: Known[]) => (isLegacy ? list.map((record) => ({ ...record, ttl: LEGACY_TTL })) : list)
  return [
    encode({
      type: 'response',
      id: isLegacy ? (query.id ?? 0) : 0,
      // Authoritative answer.
      flags: 1 << 10,
      questions: isLegacy ? questions : [],
      answers: limit(answers),
      additionals: limit(additionals),
    }),
  ]
}

function readQuery(datagram: Buffer) {
  try {
    const packet = decode(datagram)
    return packet.type === 'query' ? packet : null
  } catch {
    return null
  }
}

const answersTo = ({ name, type }: Question, records: ReadonlyMap<string, Known[]>): Known[] =>
  (records.get(name.toLowerCase()) ?? []).filter(
    (record) => (type as string) === 'ANY' || record.type === type,
  )

/** RFC 6763 12: with a service go its host, port and text; with a host its addresses. */
function furtherRecords(answers: readonly Known[], records: ReadonlyMap<string, Known[]>): Known[] {
  const names = answers.flatMap((record) => (record.type === 'PTR' ? [record.data] : []))
  const services = names.flatMap((name) => records.get(name.toLowerCase()) ?? [])
  const hosts = [...answers, ...services].flatMap((record) =>
    record.type === 'SRV' ? [record.data.target] : [],
  )
  const addresses = [...new Set(hosts)].flatMap((name) => records.get(name.toLowerCase()) ?? [])
  return [...services, ...addresses].filter((record) => record.type !== 'PTR' && !answers.includes(record))
}

/** All records of a device by their name in small letters. */
function describe({ mdns }: Recording, address: string): Map<string, Known[]> {
  const records = new Map<string, Known[]>()
  if (!mdns) return records
  const add = (record: Known) => {
    const name = record.name.toLowerCase()
    records.set(name, [...(records.get(name) ?? []), record])
  }
  const host = `${mdns.host}.local`
  const reverse = `${address.split('.').toReversed().join('.')}.in-addr.arpa`
  add({ type: 'A', name: host, ttl: HOST_TTL, data: address })
  add({ type: 'PTR', name: reverse, ttl: HOST_TTL, data: host })
  for (const type of new Set(mdns.services.map((service) => service.type)))
    add({ type: 'PTR', name: ENUMERATION, ttl: OTHER_TTL, data: `${type}.local` })
  for (const { type, instance, port, txt } of mdns.services) {
    const name = `${instance}.${type}.local`
    add({ type: 'PTR', name: `${type}.local`, ttl: OTHER_TTL, data: name })
    add({ type: 'SRV', name, ttl: HOST_TTL, data: { priority: 0, weight: 0, port, target: host } })
    add({ type: 'TXT', name, ttl: OTHER_TTL, data: txt })
  }
  const label = mdns.services[0]?.instance ?? mdns.host
  if (mdns.deviceInfo)
    add({ type: 'TXT', name: `${label}._device-info._tcp.local`, ttl: OTHER_TTL, data: mdns.deviceInfo })
  return records
}
