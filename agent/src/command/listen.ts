/** `listen`: who speaks on a network by himself, for a technician; no packet is sent, nothing is kept. */
import { identify } from '@ophav/oui'
import { AddressSet, OphavError, type Coverage } from '@ophav/shared'
import { DeviceCollection } from './device.ts'
import { writeCsv, writeJson } from './device-table.ts'
import { EXIT, type ExitCode } from './exit.ts'
import { heardSummary, writeHeardTable } from './heard-table.ts'
import { Output } from '@ophav/shared/stream'
import { Progress } from './progress.ts'
import { knowledgeFor, type RulesOptions } from './rules.ts'
import { openScanner } from './scanner.ts'
import { stopSignal } from './stop-signal.ts'

export interface ListenOptions extends RulesOptions {
  interface?: string
  seconds?: number
  range?: string[]
  json?: boolean
  csv?: boolean
  promiscuous?: boolean
  join?: boolean
}

/** LLDP comes every 30 s, CDP and MNDP every 60 s. */
const DEFAULT_SECONDS = 90

/** @throws OphavError `address.invalid-range`, `command.invalid-option`; those of `knowledgeFor` */
export async function listen(options: ListenOptions): Promise<ExitCode> {
  const knowledge = knowledgeFor(options)
  const ranges = options.range ?? []
  AddressSet.parse(ranges)
  const scanner = openScanner({
    interfaceName: options.interface,
    mayJoin: options.join,
    promiscuous: options.promiscuous,
  })
  using listener = await scanner.listen({ key: 'listen', ranges, exclusions: [] })
  if (
    options.interface !== undefined &&
    !listener.isWhole &&
    !isKnown(options.interface, scanner.interfaces())
  )
    throw new OphavError('command.invalid-option', { option: 'interface', given: options.interface })
  const signal = stopSignal()
  const progress = new Progress()
  const found = new DeviceCollection()
  let coverage: Coverage | null = null
  const milliseconds = (options.seconds ?? DEFAULT_SECONDS) * 1000
  for await (const event of listener.round({ milliseconds, signal })) {
    progress.show(event)
    if (event.type === 'result') found.add(event.probe, event.result)
    else if (event.type === 'end') coverage = event.coverage
  }
  progress.clear()
  const devices = found.devices((evidence) => identify(evidence, { knowledge }))
  const output = new Output()
  if (options.json) await output.write(writeJson(devices, coverage))
  else if (options.csv) await output.write(writeCsv(devices))
  else if (devices.length > 0) await output.write(writeHeardTable(devices))
  await output.flush()
  process.stderr.write(heardSummary(devices, coverage))
  return listener.isWhole && !signal.aborted ? EXIT.done : EXIT.incomplete
}

const isKnown = (name: string, interfaces: readonly { name: string }[]): boolean =>
  interfaces.some((local) => local.name === name)
