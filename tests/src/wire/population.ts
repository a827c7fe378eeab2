/** Who lives on a simulated segment, and what each says. */
import { formatIpv4, parseMac } from '@ophav/shared'
import { answer } from '../device/answer.ts'
import { loadRecording, type Recording } from '../device/recording.ts'

export interface Resident {
  mac: Buffer
  recording: Recording | null
}

export interface Population {
  /** Null where nobody lives. */
  resident(address: number): Resident | null
  /** What a device answers to a datagram. */
  answers(address: number, port: number, datagram: Buffer): Buffer[]
  /** Every address at which somebody lives that speaks mDNS to the group. */
  talkers(): Iterable<number>
}

export const macBuffer = (mac: string): Buffer =>
  Buffer.from((parseMac(mac) ?? '').replaceAll(':', ''), 'hex')

const SNMP_PORT = 161
const MDNS_PORT = 5353

/** A lab's own list: each device with a recording and values of its own. */
export function listedPopulation(devices: readonly { address: number; recording: Recording }[]): Population {
  const byAddress = new Map(
    devices.map(({ address, recording }) => [address, { mac: macBuffer(recording.values.mac), recording }]),
  )
  return {
    resident: (address) => byAddress.get(address) ?? null,
    answers(address, port, datagram) {
      const recording = byAddress.get(address)?.recording
      if (!recording) return []
      if (port === SNMP_PORT) return answer(recording, 'snmp', datagram)
      return port === MDNS_PORT ? answer(recording, 'mdns', datagram, formatIpv4(address)) : []
    },
    *talkers() {
      for (const [address, { recording }] of byAddress) if (recording.mdns) yield address
    },
  }
}

/**
 * A crowd for measurements: of the addresses from `first` every one for which `number * 37 mod 100 < percent` lives.
 * All say the same; the answer is made once and carries each question's number.
 */
export function crowd({
  first,
  count,
  percent,
  recording: name,
}: {
  first: number
  count: number
  percent: number
  recording: string
}): Population {
  const recording = loadRecording(name)
  const made = new Map<string, { reply: Buffer; at: number } | null>()
  const lives = (address: number): boolean =>
    address > first &&
    address < first + count - 1 &&
    (Math.imul(address - first, 2654435761) >>> 0) % 10_000 < percent * 100
  const mac = Buffer.from('4419b6000000', 'hex')
  return {
    resident(address) {
      if (!lives(address)) return null
      mac.writeUInt32BE(address, 2)
      mac[2] = 0xb6
      return { mac, recording }
    },
    answers(address, port, datagram) {
      if (port !== SNMP_PORT || !lives(address)) return []
      const at = requestIdAt(datagram)
      if (at < 0) return []
      const key = datagram.toString('latin1', 0, at) + datagram.toString('latin1', at + 4)
      let template = made.get(key)
      if (template === undefined) {
        const [fresh] = answer(recording, 'snmp', datagram)
        const replyAt = fresh ? requestIdAt(fresh) : -1
        // A small number is written in fewer octets: such an answer is no template.
        if (fresh && replyAt < 0) return [fresh]
        template = fresh ? { reply: Buffer.from(fresh), at: replyAt } : null
        made.set(key, template)
      }
      if (!template) return []
      datagram.copy(template.reply, template.at, at, at + 4)
      return [template.reply]
    },
    *talkers() {},
  }
}

/** Where the four octets of a community message's request-id lie (RFC 1157 4.1); -1 for other messages. */
function requestIdAt(datagram: Buffer): number {
  const valueOf = (at: number): number =>
    at + 2 + ((datagram[at + 1] ?? 0) > 0x80 ? (datagram[at + 1] ?? 0) - 0x80 : 0)
  const version = valueOf(0)
  const community = valueOf(version) + (datagram[version + 1] ?? 0)
  const pdu = valueOf(community) + (datagram[community + 1] ?? 0)
  const id = valueOf(pdu)
  return (datagram[pdu] === 0xa0 || datagram[pdu] === 0xa2) && datagram[id] === 0x02 && datagram[id + 1] === 4
    ? id + 2
    : -1
}

/** The same addresses that the crowd's devices have. */
export function crowdAddresses(options: { first: number; count: number; percent: number }): string[] {
  const population = crowd({ ...options, recording: 'unknown-device' })
  const addresses: string[] = []
  for (let address = options.first; address < options.first + options.count; address++)
    if (population.resident(address)) addresses.push(formatIpv4(address))
  return addresses
}
