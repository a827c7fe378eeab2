/** How fast devices are identified, and what the knowledge costs to load. */
import { spawnSync } from 'node:child_process'
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

/** A device of its own: as in a fleet, models repeat, MACs and names do not. */
const withOwnNumbers = (evidence: readonly Evidence[], number: number): Evidence[] =>
  evidence.map((piece) =>
    piece.kind === 'mac'
      ? { ...piece, value: `${String(piece.value).slice(0, 8)}:${octets(number)}` }
      : piece.kind === 'snmp.sysName'
        ? { ...piece, value: `host-${number}` }
        : piece,
  )

/** A text that nobody has said before: nothing that is remembered of others helps. */
const withOwnTexts = (evidence: readonly Evidence[], number: number): Evidence[] =>
  withOwnNumbers(evidence, number).map((piece) =>
    piece.kind === 'snmp.sysDescr' ? { ...piece, value: `${String(piece.value)} build ${number}` } : piece,
  )

const octets = (number: number): string =>
  (number & 0xffffff)
    .toString(16)
    .padStart(6, '0')
    .replace(/(..)(..)(..)/, '$1:$2:$3')

/** What loading costs, in a process of its own: milliseconds and MiB until the first answer. */
function loadingOf(program: string): { ms: number; mib: number } {
  const script = `
    const before = process.memoryUsage().rss
    const from = performance.now()
    ${program}
    console.log(JSON.stringify({ ms: performance.now() - from, mib: (process.memoryUsage().rss - before) / 2 ** 20 }))`
  const runs = Array.from({ length: ROUNDS }, () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as { ms: number; mib: number }
  })
  return { ms: median(runs.map(({ ms }) => ms)), mib: median(runs.map(({ mib }) => mib)) }
}

const OURS = `
  const { identify } = await import('@ophav/oui')
  identify([{ kind: 'mac', value: '44:19:b6:00:00:01' }, { kind: 'snmp.sysDescr', value: 'AXIS P3225' },
    { kind: 'snmp.sysObjectID', value: '1.3.6.1.4.1.9.1.1' }])`
/** The public table of prefixes as its package gives it. */
const PEER = `
  const { default: prefixes } = await import('oui-data', { with: { type: 'json' } })
  if (!prefixes['4419B6']) throw new Error('not found')`

export async function benchIdentify(): Promise<void> {
  const { identify, identifyJsonLine } = await import('@ophav/oui')
  const recorded = recordingNames().map(evidenceOf)
  const fleet = (own: typeof withOwnNumbers, round: number): Evidence[][] =>
    Array.from({ length: DEVICES }, (_, at) =>
      own(recorded[at % recorded.length] ?? [], round * DEVICES + at),
    )
  const rateOf = (prepare: (round: number) => readonly unknown[], run: (device: never) => void): string => {
    const rates = Array.from({ length: ROUNDS }, (_, round) => {
      const devices = prepare(round)
      const from = process.cpuUsage()
      for (const device of devices) run(device as never)
      const { user, system } = process.cpuUsage(from)
      return (DEVICES / (user + system)) * 1_000_000
    })
    return Math.round(median(rates)).toLocaleString('en')
  }
  const lines = (round: number) =>
    fleet(withOwnNumbers, round).map((evidence, id) => JSON.stringify({ id, evidence }))
  printRows(
    'Identification, devices a second of one core',
    ['', 'median of 5'],
    [
      [
        'a fleet: models repeat, MACs and names do not',
        rateOf((round) => fleet(withOwnNumbers, round), identify),
      ],
      ['every text is new', rateOf((round) => fleet(withOwnTexts, round), identify)],
      ['the fleet as JSON lines', rateOf(lines, identifyJsonLine)],
    ],
  )
  const [ours, peer] = [loadingOf(OURS), loadingOf(PEER)]
  printRows(
    'Loading, until the first answer',
    ['median of 5', 'ms', 'MiB'],
    [
      ['prefixes, numbers, makers, fingerprints', ours.ms.toFixed(0), ours.mib.toFixed(0)],
      ['oui-data as its package gives it: prefixes alone', peer.ms.toFixed(0), peer.mib.toFixed(0)],
    ],
  )
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
