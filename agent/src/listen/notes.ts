/** What listening was able to hear, and what not: the coverage of a round. It never claims that nobody else is there. */
import { parseIpv4, type AddressSet, type Coverage } from '@ophav/shared/value'
import type { ListenProbe } from '../probe/probe.ts'
import type { HeardTable } from './heard-table.ts'

/** The wire's own limit for a note. */
const MAX_NOTE = 500
const MAX_RUNG = 40

/** How each probe hears, by interface. */
export interface Rung {
  interfaceName: string
  /** Null where the probe hears nothing there. */
  name: string | null
  note?: string
}

export interface RoundFacts {
  segment: string
  scope: AddressSet
  excluded: number
  startedAt: number
  endedAt: number
  probes: readonly ListenProbe[]
  rungs: ReadonlyMap<string, readonly Rung[]>
  table: HeardTable
  malformed: ReadonlyMap<string, number>
  /** Frames that found no room between two looks. */
  lost: number
}

export function coverageOf(facts: RoundFacts): Coverage {
  const { segment, scope, excluded, startedAt, endedAt, table } = facts
  const counts = table.counts()
  const heard = [...table.addresses()].filter((address) => {
    const number = parseIpv4(address)
    return number !== null && scope.has(number)
  })
  return {
    type: 'coverage',
    segment,
    scan: 'listen',
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(Math.max(startedAt, endedAt)).toISOString(),
    // Who is silent is not heard, however long one listens.
    complete: false,
    result: 'incomplete',
    notAttempted: [{ reason: 'passive', addresses: scope.size, devices: 0 }],
    inScope: scope.size,
    excluded,
    attempted: 0,
    answered: heard.length,
    packetsSent: 0,
    probes: facts.probes.map((probe) => rowOf(probe, facts, counts.get(probe.name) ?? 0)),
  }
}

function rowOf(probe: ListenProbe, { rungs, table, malformed, lost }: RoundFacts, answered: number) {
  const own = rungs.get(probe.name) ?? []
  const names = [...new Set(own.flatMap(({ name }) => name ?? []))]
  const broken = malformed.get(probe.name) ?? 0
  const notes = new Set(own.flatMap(({ note }) => note ?? []))
  if (own.length === 0) notes.add('no interface of this machine lies in the segment')
  if (names.includes(RAW_FRAMES)) {
    if (probe.blindTo !== undefined) notes.add(probe.blindTo)
    if (lost > 0) notes.add(`${lost} frames came faster than they could be read`)
  }
  if (table.refused > 0)
    notes.add(`the table of ${table.size} senders is full: ${table.refused} packets with news were not kept`)
  return {
    probe: probe.name,
    rung: names.length > 0 ? names.join(', ').slice(0, MAX_RUNG) : null,
    attempted: 0,
    outcomes: {
      ...(answered > 0 ? { answered } : {}),
      ...(broken > 0 ? { malformed: broken } : {}),
    },
    ...(notes.size > 0 ? { notChecked: [...notes].join('; ').slice(0, MAX_NOTE) } : {}),
  }
}

export const RAW_FRAMES = 'raw frames'
