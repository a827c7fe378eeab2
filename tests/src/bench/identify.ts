/** How fast devices are identified, and what the knowledge costs to load. */
import type { Evidence } from '@ophav/shared'
import { loadRecording, recordingNames } from '../device/recording.ts'
import { printRows } from './table.ts'

const ROUNDS = 5
const DEVICES = 20_000

const SYSTEM: Readonly<Record<string, string>> = {
  '1.3.6.1.2.1.1.1.0': 'snmp.sysDescr',
  '1.3.6.1.2.1.1.2.0': 'snmp.sysObjectID',
  '1.3.6.1.2.1.1.5.0': 'snmp.sysName',
}

/** What an agent reports of each recorded device. */
const evidenceOf = (name: string): Evidence[] => {
  const { snmp, values } = loadRecording(name)
  const objects = Object.entries(snmp?.objects ?? {}).flatMap(([oid, [, value]]): Evidence[] =>
    SYSTEM[oid] !== undefined && value !== '' ? [{ kind: SYSTEM[oid], value }] : [],
  )
  return [{ kind: 'mac', value: values.mac }, ...objects]
}

export async function benchIdentify(): Promise<void> {
  const before = process.memoryUsage().rss
  const startedAt = performance.now()
  const { identify } = await import('@ophav/oui')
  identify([
    { kind: 'mac', value: '44:19:b6:00:00:01' },
    { kind: 'snmp.sysObjectID', value: '1.3.6.1.4.1.9.1.1' },
  ])
  const loading = performance.now() - startedAt
  const memory = (process.memoryUsage().rss - before) / 2 ** 20
  const devices = recordingNames().map(evidenceOf)
  const rates: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now()
    for (let index = 0; index < DEVICES; index++) identify(devices[index % devices.length] ?? [])
    rates.push((DEVICES / (performance.now() - from)) * 1000)
  }
  const rate = rates.sort((a, b) => a - b)[ROUNDS >> 1] ?? 0
  printRows(
    'Identification, one core',
    ['', 'median of 5'],
    [
      ['devices/s', Math.round(rate).toLocaleString('en')],
      ['loading ms', loading.toFixed(0)],
      ['loading MB', memory.toFixed(0)],
    ],
  )
}
