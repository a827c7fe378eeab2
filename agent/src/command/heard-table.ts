/** Who was heard, as a table for a terminal, and what of the segment could not be heard. */
import { printable, type Coverage } from '@ophav/shared/value'
import type { FoundDevice } from './device.ts'
import { makerOf, shown } from './device-table.ts'
import { plainTable } from './plain-table.ts'

const HEADINGS = ['address', 'MAC', 'maker', 'model', 'name', 'heard']

export const writeHeardTable = (devices: readonly FoundDevice[]): string =>
  plainTable(HEADINGS, devices.map(cells))

function cells(device: FoundDevice): string[] {
  const { addresses, mac, identity, probes } = device
  const [first] = addresses
  const more = addresses.length > 1 ? ` +${addresses.length - 1}` : ''
  return [
    first === undefined ? '-' : `${first}${isOffSubnet(device, first) ? '*' : ''}${more}`,
    mac ?? '-',
    shown(makerOf(identity)),
    shown(identity.model),
    shown(identity.name),
    probes.map((probe) => probe.replace(/-listen$/, '')).join(' '),
  ]
}

const isOffSubnet = ({ evidence }: FoundDevice, address: string): boolean =>
  evidence.some(({ kind, value }) => kind === 'address.offSubnet' && value === address)

/** Kinds that say where this machine hangs, in the order in which a person asks. */
const PORT_WORDS: readonly [kind: string, word: string][] = [
  ['switch.name', 'switch'],
  ['switch.chassis', 'chassis'],
  ['switch.port', 'port'],
  ['switch.portDescription', 'described as'],
  ['switch.vlan', 'VLAN'],
]

/** What the table does not show: the switch port, and what could not be heard. */
export function heardSummary(devices: readonly FoundDevice[], coverage: Coverage | null): string {
  const off = devices.filter(({ evidence }) =>
    evidence.some(({ kind }) => kind === 'address.offSubnet'),
  ).length
  const lines = [`${devices.length} devices heard, ${off} of them with an address of another network (*).`]
  for (const { evidence } of devices) {
    const words = PORT_WORDS.flatMap(([kind, word]) => {
      const values = evidence.filter((piece) => piece.kind === kind).map(({ value }) => String(value))
      return values.length === 0 ? [] : [`${word} ${printable(values.join(' / '), 100)}`]
    })
    if (words.length > 0) lines.push(`This machine hangs on: ${words.join(', ')}.`)
  }
  if (coverage === null) return `${lines.join('\n')}\n`
  const seconds = (Date.parse(coverage.endedAt) - Date.parse(coverage.startedAt)) / 1000
  lines.push(`${coverage.packetsSent} packets sent in ${seconds.toFixed(1)} s. Who was silent was not heard.`)
  const probesOf = new Map<string, string[]>()
  for (const { probe, notChecked } of coverage.probes)
    if (notChecked)
      probesOf.set(notChecked, [...(probesOf.get(notChecked) ?? []), probe.replace(/-listen$/, '')])
  for (const [note, probes] of probesOf) lines.push(`not heard, ${probes.join(' ')}: ${printable(note, 500)}`)
  return `${lines.join('\n')}\n`
}
