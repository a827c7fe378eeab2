/** `scan`: one look at a network, for a technician; nothing is kept and nothing is sent to a collector. */
import { resolve } from 'node:path'
import { identify } from '@ophav/oui'
import {
  AddressSet,
  FULL_PACE,
  OphavError,
  POLITE_PACE,
  type Coverage,
  type PolicySegment,
} from '@ophav/shared'
import { approvedScope } from '../scan/scope.ts'
import { gatherCredentials } from './credential.ts'
import { DeviceCollection } from './device.ts'
import { summaryLines, writeCsv, writeJson, writeTable } from './device-table.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { staleKnowledge } from './knowledge-age.ts'
import { dryRun, policySegment } from './dry-run.ts'
import { SelfWatch } from '../isolation/self/watch.ts'
import { obstacleTo, watchGate } from '../schedule/gate.ts'
import { stopFor } from '../scan/stop.ts'
import { defaultStateDirectory, statePaths } from '../state/directory.ts'
import { isHalted } from '../state/halt.ts'
import { Output } from '@ophav/shared/stream'
import { Progress } from './progress.ts'
import { knowledgeFor, type RulesOptions } from './rules.ts'
import { openScanner, type Scanner } from './scanner.ts'
import { stopSignal } from './stop-signal.ts'

export interface ScanOptions extends RulesOptions {
  json?: boolean
  csv?: boolean
  community?: string[]
  credentials?: string
  exclude?: string[]
  probe?: string[]
  interface?: string
  portForwards?: string
  fullSpeed?: boolean
  yesLarge?: boolean
  dryRun?: boolean
  /** A segment of the policy; for dry runs. */
  segment?: string
  state?: string
  evenIfForwarding?: boolean
}

/** A /16: beyond it a scan takes minutes and a typing error reaches far. */
const LARGE = 65_536

/**
 * The addresses typed are the approved scope: nothing else gets a packet.
 * @throws OphavError `address.invalid-range`, `command.scope-too-large`, `command.invalid-option`, `forward.invalid`,
 *   `isolation.self-forwards`, `scan.halted`; for a dry run of a segment `agent.not-enrolled`, `segment.unknown`; those of
 *   `knowledgeFor`
 */
export async function scan(ranges: readonly string[], options: ScanOptions): Promise<ExitCode> {
  // Before the first packet: a file that cannot be used is not found out after the scan.
  const knowledge = knowledgeFor(options)
  const scanner = openScanner({ portForwards: options.portForwards, interfaceName: options.interface })
  const segment = await chooseSegment(ranges, options, scanner)
  const credentials = gatherCredentials({
    credentialsFile: options.credentials,
    communities: options.community ?? [],
    environment: process.env.OPHAV_COMMUNITY,
  })
  const haltFile = statePaths(resolve(options.state ?? defaultStateDirectory())).halt
  const self = new SelfWatch(false)
  const gate = {
    now: Date.now,
    isHalted: () => isHalted(haltFile),
    forwards: () =>
      options.evenIfForwarding !== true &&
      options.portForwards === undefined &&
      self.current.outcome === 'violation',
  }
  const obstacle = obstacleTo(segment, gate)
  if (options.dryRun) {
    const hasCredentials = credentials.length > 0 || options.segment !== undefined
    process.stdout.write(dryRun({ segment, hasCredentials, obstacle }, scanner, options.json ?? false))
    return EXIT.done
  }
  if (obstacle === 'kill-switch') throw new OphavError('scan.halted', { file: haltFile })
  if (obstacle === 'forwarding') throw new OphavError('isolation.self-forwards')
  const stop = new AbortController()
  const { signal } = stop
  stopSignal().addEventListener('abort', () => stop.abort(stopFor('interrupted')))
  const stopWatching = watchGate(segment, gate, (reason) => stop.abort(stopFor(reason)))
  const progress = new Progress()
  const found = new DeviceCollection(approvedScope(segment.ranges, segment.exclusions).addresses)
  let coverage: Coverage | null = null
  for await (const event of scanner.scan(segment, credentials, signal)) {
    progress.show(event)
    if (event.type === 'result') found.add(event.probe, event.result)
    else if (event.type === 'end') coverage = event.coverage
  }
  stopWatching()
  progress.clear()
  const devices = found.devices((evidence) => identify(evidence, { knowledge }))
  const output = new Output()
  if (options.json) await output.write(writeJson(devices, coverage))
  else if (options.csv) await output.write(writeCsv(devices))
  else if (devices.length > 0) await output.write(writeTable(devices))
  await output.flush()
  process.stderr.write(summaryLines(devices, coverage))
  const old = staleKnowledge(new Date())
  if (old !== null) process.stderr.write(`${old}\n`)
  return coverage?.complete ? EXIT.done : EXIT.incomplete
}

/** @throws OphavError as `scan` */
async function chooseSegment(
  ranges: readonly string[],
  options: ScanOptions,
  scanner: Scanner,
): Promise<PolicySegment> {
  if (options.segment === undefined && ranges.length > 0) return segmentOf(ranges, options, scanner)
  // What the policy names is scanned by the service, in its windows; by hand only its plan is to be had.
  if (options.segment === undefined || ranges.length > 0 || !options.dryRun)
    throw new OphavError('command.invalid-option', { option: 'segment', given: options.segment ?? '' })
  return policySegment(options.segment, options.state)
}

export function segmentOf(
  ranges: readonly string[],
  options: ScanOptions,
  scanner: Pick<Scanner, 'probes' | 'listenProbes' | 'interfaces'>,
): PolicySegment {
  const scope = AddressSet.parse(ranges).without(AddressSet.parse(options.exclude ?? []))
  if (scope.size > LARGE && !options.yesLarge)
    throw new OphavError('command.scope-too-large', { addresses: scope.size, largest: LARGE })
  for (const probe of options.probe ?? [])
    if (!scanner.probes.includes(probe) && !scanner.listenProbes.includes(probe))
      throw new OphavError('command.invalid-option', { option: 'probe', given: probe })
  const name = options.interface
  if (name !== undefined && !scanner.interfaces().some((local) => local.name === name))
    throw new OphavError('command.invalid-option', { option: 'interface', given: name })
  return {
    key: 'scan',
    name: 'scan',
    ranges: [...ranges],
    exclusions: options.exclude ?? [],
    pace: options.fullSpeed ? FULL_PACE : POLITE_PACE,
    probes: options.probe ?? [...scanner.probes],
    intervalSeconds: 3600,
  }
}
