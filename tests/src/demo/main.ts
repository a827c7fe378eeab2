/** `npm run demo`: an example municipality on loopback, from packets to Tabel 1. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { startCollector, type RunningCollector } from '../process/collector.ts'
import { startDevices, type FleetDevice } from './devices.ts'
import { FleetError, readFleet } from './fleet.ts'
import {
  compileTables,
  declareFigures,
  describeOrganisation,
  enrolAgents,
  importRegisters,
  scanSegments,
} from './scene.ts'
import { Steps } from './step.ts'

const EXAMPLE = fileURLToPath(new URL('../../src/demo/fleet/koebenhavn.yaml', import.meta.url))

interface DemoOptions {
  fleet: string
  out?: string
  exit: boolean
  listen: string
}

const program = new Command('npm run demo --')
  .description(
    'Shows an example municipality: agents find devices on loopback, the collector counts and reports.',
  )
  .option('--fleet <file>', 'another municipality, as YAML', EXAMPLE)
  .option('--out <dir>', 'also write tabel1.json and tabel2.json there')
  .option('--exit', 'end after the tables, instead of leaving the pages up', false)
  .option('--listen <host:port>', 'where the pages answer', '127.0.0.1:0')
  .action((options: DemoOptions) => demo(options))

async function demo({ fleet: path, out, exit, listen }: DemoOptions): Promise<void> {
  const fleet = readFleet(resolve(path))
  const steps = new Steps()
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const directory = mkdtempSync(join(tmpdir(), 'ophav-demo-'))
  let devices: FleetDevice[] = []
  let collector: RunningCollector | null = null
  const number = (value: number) => value.toLocaleString('da-DK')
  try {
    steps.say('Ophav: an example municipality. Everything stays on this machine.\n')
    devices = await steps.step(
      'Devices that answer SNMP and mDNS on loopback',
      (show) => startDevices(fleet.devices, (count) => count % 50 === 0 && show(number(count))),
      ({ length }) => number(length),
    )
    collector = await steps.step(
      'The collector, on an empty database',
      () => startCollector(join(directory, 'collector'), { listen }),
      ({ url }) => url,
    )
    const stage = { collector, fleet, devices, directory, signal: stop.signal }
    const ended = collector.ended.then(() =>
      Promise.reject(new Error('the collector ended before the demonstration')),
    )
    ended.catch(() => {})
    const scenes = async () => {
      await steps.step(
        'The organisation described, segments approved',
        () => describeOrganisation(stage),
        (count) => `${count} segments`,
      )
      await steps.step(
        'Agents enrolled with one-time tokens',
        () => enrolAgents(stage),
        (count) => `${count} agents`,
      )
      await steps.step(
        'Asset registers imported',
        () => importRegisters(stage),
        (rows) => `${number(rows)} rows`,
      )
      await steps.step(
        'Figures declared by administrations',
        () => declareFigures(stage),
        (count) => `${count} declarations`,
      )
      await steps.step(
        'Agents scan their segments and deliver',
        (show) => scanSegments(stage, show),
        (count) => `${number(count)} devices answer`,
      )
      return compileTables(stage, out === undefined ? undefined : resolve(out))
    }
    const tables = await Promise.race([scenes(), ended, stopped(stop.signal)])
    process.stdout.write(`\n${tables.join('\n')}\n`)
    steps.say(
      `Done in ${Math.round(steps.seconds)} seconds.${out === undefined ? '' : ` The tables are in ${resolve(out)}.`}`,
    )
    if (exit) return
    steps.say(`The pages are at ${collector.url}/ until you press Ctrl-C.`)
    await Promise.race([stopped(stop.signal).catch(() => {}), collector.ended])
  } finally {
    await collector?.stop()
    await Promise.all(devices.map(({ device }) => device.close()))
    rmSync(directory, { recursive: true, force: true })
  }
}

class Stopped extends Error {}

const stopped = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const end = () => reject(new Stopped('stopped'))
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
  })

/** What a shell shows for a program that Ctrl-C has ended. */
const EXIT_STOPPED = 130

await program.parseAsync().catch((error: unknown) => {
  if (error instanceof Stopped) process.exitCode = EXIT_STOPPED
  else {
    process.stderr.write(
      `\n${error instanceof FleetError ? error.message : `The demonstration failed: ${(error as Error).message}`}\n`,
    )
    process.exitCode = error instanceof FleetError ? 2 : 1
  }
})
