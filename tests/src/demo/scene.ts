/** The demonstration's scenes, each through the product's own commands: nothing is put past its interfaces. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { enrolAgent, runAgentOnce } from '../process/agent.ts'
import type { RunningCollector } from '../process/collector.ts'
import { forwardsOf, type FleetDevice } from './devices.ts'
import type { Fleet } from './fleet.ts'
import { writeRegister } from './register.ts'

/** The community of the recordings: on loopback it protects nothing. Old devices speak version 1 only. */
const CREDENTIALS = [
  { version: '2c', community: 'public' },
  { version: '1', community: 'public' },
]

export interface Stage {
  collector: RunningCollector
  fleet: Fleet
  devices: readonly FleetDevice[]
  directory: string
  signal: AbortSignal
}

const segmentsOf = ({ fleet }: Stage): string[] => fleet.configuration.segments.map(({ key }) => key)

/** The organisation, and the operator's approval of each segment. */
export async function describeOrganisation(stage: Stage): Promise<number> {
  const { collector, fleet, directory } = stage
  const file = join(directory, 'organisation.yaml')
  writeFileSync(file, stringify(fleet.configuration))
  await collector.command(['config', 'apply', file])
  await Promise.all(
    segmentsOf(stage).map(async (segment) => {
      await collector.command(['segment', 'approve', segment])
      for (const credential of CREDENTIALS)
        await collector.command(['credential', 'add', segment], { input: JSON.stringify(credential) })
    }),
  )
  return segmentsOf(stage).length
}

export async function enrolAgents(stage: Stage): Promise<number> {
  await Promise.all(
    segmentsOf(stage).map((segment) =>
      enrolAgent(stage.collector, {
        state: stateOf(stage, segment),
        segments: [segment],
        name: `agent-${segment}`,
      }),
    ),
  )
  return segmentsOf(stage).length
}

const stateOf = ({ directory }: Stage, segment: string): string => join(directory, `agent-${segment}`)

/** @returns how many rows the registers have */
export async function importRegisters({ collector, fleet, devices, directory }: Stage): Promise<number> {
  let rows = 0
  for (const register of fleet.registers) {
    const list = join(directory, `${register.key}.csv`)
    const mapping = join(directory, `${register.key}.yaml`)
    rows += writeRegister(list, register, devices)
    writeFileSync(mapping, stringify(register.mapping))
    await collector.command(['import', '--register', register.key, '--mapping', mapping, list])
  }
  return rows
}

export async function declareFigures({ collector, fleet }: Stage): Promise<number> {
  for (const { type, administration, count, range, by, note } of fleet.declarations)
    await collector.command([
      'declare',
      '--type',
      type,
      '--administration',
      administration,
      '--by',
      by,
      '--note',
      note,
      ...(range === undefined ? ['--count', String(count ?? 0)] : ['--range', range]),
    ])
  return fleet.declarations.length
}

/** All agents at once, each on its segment. @throws Error with what an agent said */
export async function scanSegments(stage: Stage, show: (state: string) => void): Promise<number> {
  let done = 0
  const segments = segmentsOf(stage)
  await Promise.all(
    segments.map(async (segment) => {
      const forwards = join(stage.directory, `${segment}-forwards.json`)
      writeFileSync(forwards, JSON.stringify(forwardsOf(stage.devices, segment)))
      const state = stateOf(stage, segment)
      const { code, stderr } = await runAgentOnce(state, ['--port-forwards', forwards], {
        signal: stage.signal,
      })
      if (code !== 0) throw new Error(`the agent on ${segment} ended with ${code}: ${stderr.trim()}`)
      show(`${++done} of ${segments.length} segments`)
    }),
  )
  return stage.devices.length
}

const REPORTS = ['tabel1', 'tabel2'] as const

/** @returns the tables as text for a terminal */
export async function compileTables({ collector }: Stage, out: string | undefined): Promise<string[]> {
  const tables: string[] = []
  for (const report of REPORTS) {
    tables.push(await collector.command(['report', report]))
    if (out === undefined) continue
    mkdirSync(out, { recursive: true })
    const document = await collector.command(['report', report, '--format', 'json'])
    writeFileSync(join(out, `${report}.json`), document)
  }
  return tables
}
