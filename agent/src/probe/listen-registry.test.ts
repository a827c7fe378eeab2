/** What holds for every probe that listens. */
import { encode } from 'dns-packet'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LISTEN_PROBES } from './listen-registry.ts'
import type { Packet } from './packet.ts'
import type { ListenProbe } from './probe.ts'
import { PROBES } from './registry.ts'

const packet = (payload: Buffer, more: Partial<Packet> = {}): Packet => ({
  source: '00:25:90:00:00:01',
  vlan: null,
  sourceAddress: '10.0.0.7',
  sourcePort: 5353,
  destinationPort: 5353,
  hopLimit: 255,
  payload,
  ...more,
})

test('names are unlike those of the probes that send, and nothing is declared that could be sent', () => {
  const names = [...PROBES, ...LISTEN_PROBES].map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { ports, packetsPerDevice, name } of LISTEN_PROBES) {
    expect({ ports, packetsPerDevice }).toEqual({ ports: [], packetsPerDevice: 0 })
    expect(name).toMatch(/-listen$/)
  }
})

/** The wire's bounds for evidence; what the table keeps of it is less. */
function isSound(probe: ListenProbe, payload: Buffer, hasSource = true): boolean {
  const heard = probe.hear(packet(payload, hasSource ? {} : { source: null }))
  if (heard === 'malformed') return true
  return heard.every(({ evidence, ownPort = [] }) =>
    [...evidence, ...ownPort].every(
      ({ kind, value }) =>
        /^[a-z0-9]+(\.[A-Za-z0-9]+)*$/.test(kind) &&
        (probe.yields.includes(kind) || kind === 'mac') &&
        String(value).length <= 16_384,
    ),
  )
}

/** Payloads that go deep: a head that each parser accepts, then anything. */
const HEADS: Readonly<Record<string, Buffer>> = {
  'arp-listen': Buffer.from('000108000604000144', 'hex'),
  'dhcp-listen': (() => {
    const head = Buffer.alloc(240)
    Buffer.from([1, 1, 6]).copy(head)
    head.writeUInt32BE(0x63825363, 236)
    return head
  })(),
  'mdns-listen': Buffer.from('000084000001000300000003', 'hex'),
  'ssdp-listen': Buffer.from('NOTIFY * HTTP/1.1\r\nNTS: ssdp:alive\r\nSERVER: '),
  'llmnr-listen': Buffer.from('000000000001000100000000', 'hex'),
  'nbns-listen': Buffer.from('00002910000100000000000120', 'hex'),
  'lldp-listen': Buffer.from('020704001b540000010403055a31', 'hex'),
  'cdp-listen': Buffer.from('02b40000000100056100020011', 'hex'),
  'stp-listen': Buffer.from('0000000000', 'hex'),
  'nd-listen': Buffer.from('86000000408007080000000000000000', 'hex'),
  'dhcpv6-listen': Buffer.from('01000001', 'hex'),
  'mndp-listen': Buffer.from('00000000', 'hex'),
  'ubnt-listen': Buffer.from('01000000', 'hex'),
}

test.each(LISTEN_PROBES.map((probe) => [probe.name, probe] as const))(
  '%s makes something sound or nothing of any octets',
  (name, probe) => {
    const head = HEADS[name] ?? Buffer.alloc(0)
    expect(head.length).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(16), fc.boolean(), (noise, cut, hasSource) => {
        const whole = Buffer.concat([head, noise])
        return (
          isSound(probe, Buffer.from(noise), hasSource) &&
          isSound(probe, whole, hasSource) &&
          isSound(probe, whole.subarray(0, Math.max(0, whole.length - cut)), hasSource)
        )
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 1_000) },
    )
  },
)

test('a frame full of names that point to names is read in a bounded number of steps', () => {
  const message = encode({ type: 'response', questions: [{ type: 'A', name: 'a.local' }] })
  const chain: number[] = []
  // Each name is a pointer to the one before it (RFC 1035 4.1.4).
  for (let at = message.length; at < 1_400; at += 2) chain.push(0xc0 | ((at - 2) >> 8), (at - 2) & 0xff)
  const payload = Buffer.concat([message, Buffer.from(chain)])
  payload.writeUInt16BE(65_535, 4)
  payload.writeUInt16BE(65_535, 6)
  for (const probe of LISTEN_PROBES.filter(({ name }) => /^(mdns|llmnr)/.test(name)))
    expect(probe.hear(packet(payload))).toBe('malformed')
})
