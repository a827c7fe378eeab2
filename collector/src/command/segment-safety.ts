/** `segment pace|window|freeze|thaw|halt|release|rest|safety`: how gently, when and whether a segment is scanned. */
import { InvalidArgumentError, type Command } from 'commander'
import { DEFAULT_LATENCY, printable } from '@ophav/shared'
import { localActor } from '../access/audit.ts'
import {
  addFreeze,
  addWindow,
  clearWindows,
  endFreeze,
  readSafety,
  setHalted,
  setLatency,
  setPace,
  type StoredSafety,
} from '../segment/safety.ts'
import { print, withData, withStore } from './context.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** `mon-fri`, `sat,sun`, `fri-mon` as ISO 8601 numbers. */
export function parseDays(text: string): number[] {
  const days = text
    .toLowerCase()
    .split(',')
    .flatMap((part) => {
      const [first = '', last = first, rest] = part.trim().split('-')
      const [from, to] = [DAYS.indexOf(first), DAYS.indexOf(last)]
      if (from < 0 || to < 0 || rest !== undefined)
        throw new InvalidArgumentError('Write days as mon-fri or sat,sun.')
      const count = ((to - from + 7) % 7) + 1
      return Array.from({ length: count }, (_, index) => ((from + index) % 7) + 1)
    })
  return [...new Set(days)].sort()
}

function number(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new InvalidArgumentError('Give a number, zero or above.')
}

export function addSafetyCommands(segment: Command): void {
  withData(segment.command('pace <key>'))
    .description('How fast agents may send here; 0 is without limit.')
    .option(
      '--sweep-rate <number>',
      'packets a second for sweeps, which touch each address once or twice',
      number,
    )
    .option('--device-rate <number>', 'packets a second towards devices', number)
    .option('--per-device <number>', 'packets a second to one device', number)
    .option('--concurrent <number>', 'devices that are asked at a time', number)
    .action((key: string, options: { data: string } & Record<string, number | undefined>) =>
      withStore(options.data, async (db) => {
        const change = {
          sweepPacketsPerSecond: options['sweepRate'],
          devicePacketsPerSecond: options['deviceRate'],
          packetsPerSecondPerDevice: options['perDevice'],
          concurrentDevices: options['concurrent'],
        }
        const given = Object.entries(change).filter(([, value]) => value !== undefined)
        await setPace(db, key, Object.fromEntries(given), localActor())
        print(describeSafety(await readSafety(db, key)))
      }),
    )
  withData(segment.command('window <key>'))
    .description(
      'Lets the segment be scanned at these times; several windows add up, none means at any time.',
    )
    .option(
      '--days <days>',
      'mon-fri, or sat,sun: the days on which the window opens',
      parseDays,
      parseDays('mon-sun'),
    )
    .option('--from <time>', 'HH:MM')
    .option('--to <time>', 'HH:MM; not after --from: on the next day')
    .option('--time-zone <name>', "IANA name (default: the organisation's)")
    .option('--clear', 'take all windows away', false)
    .addHelpText(
      'after',
      '\nExample:\n  ophav-collector segment window kamera --days mon-fri --from 20:00 --to 06:00',
    )
    .action(
      (
        key: string,
        options: {
          data: string
          days: number[]
          from?: string
          to?: string
          timeZone?: string
          clear: boolean
        },
      ) =>
        withStore(options.data, async (db) => {
          const { days, from = '', to = '', timeZone } = options
          if (options.clear) await clearWindows(db, key, localActor())
          else await addWindow(db, key, { days, from, to }, timeZone, localActor())
          print(describeSafety(await readSafety(db, key)))
        }),
    )
  withData(segment.command('freeze <key>'))
    .description('Forbids scanning for a time: a change freeze.')
    .requiredOption('--from <date>', "2026-12-20 or 2026-12-20T08:00, in the segment's time zone")
    .requiredOption('--to <date>', 'the end, likewise')
    .requiredOption('--reason <text>', 'why; stands in the coverage and here')
    .action((key: string, options: { data: string; from: string; to: string; reason: string }) =>
      withStore(options.data, async (db) => {
        await addFreeze(db, key, { from: options.from, to: options.to, reason: options.reason }, localActor())
        print(describeSafety(await readSafety(db, key)))
      }),
    )
  withData(segment.command('thaw <key> <number>'))
    .description('Takes a freeze away; `segment safety` numbers them.')
    .action((key: string, text: string, { data }: { data: string }) =>
      withStore(data, async (db) => {
        await endFreeze(db, key, number(text), localActor())
        print(describeSafety(await readSafety(db, key)))
      }),
    )
  for (const [name, halted, description] of [
    ['halt', true, 'The kill switch: agents stop scanning the segment as soon as they hear of it.'],
    ['release', false, 'Ends the halt: scans go on where they were.'],
  ] as const)
    withData(segment.command(`${name} <key>`))
      .description(description)
      .action((key: string, { data }: { data: string }) =>
        withStore(data, async (db) => {
          await setHalted(db, key, halted, localActor())
          print(
            halted
              ? `${key} halted. Agents hear of it within a minute or two; \`ophav-agent halt\` on their machines works at once.`
              : `${key} released`,
          )
        }),
      )
  withData(segment.command('rest <key>'))
    .description('When a device is left alone, and for how long.')
    .option(
      '--factor <number>',
      'so many times its usual round-trip time is too slow; 0 never',
      number,
      DEFAULT_LATENCY.factor,
    )
    .option(
      '--seconds <number>',
      'its first rest; each further one is twice as long',
      number,
      DEFAULT_LATENCY.restSeconds,
    )
    .option(
      '--times <number>',
      'after so many rests it is left alone for the rest of the scan',
      number,
      DEFAULT_LATENCY.rests,
    )
    .action((key: string, options: { data: string; factor: number; seconds: number; times: number }) =>
      withStore(options.data, async (db) => {
        const { factor, seconds, times } = options
        await setLatency(db, key, { factor, restSeconds: seconds, rests: times }, localActor())
        print(describeSafety(await readSafety(db, key)))
      }),
    )
  withData(segment.command('safety <key>'))
    .description('Shows pace, windows, freezes and limits.')
    .option('--json', 'as JSON', false)
    .action((key: string, { data, json }: { data: string; json: boolean }) =>
      withStore(data, async (db) => {
        const stored = await readSafety(db, key)
        print(json ? JSON.stringify(stored) : describeSafety(stored))
      }),
    )
}

function describeSafety({ pace, safety, timeZone }: StoredSafety): string {
  const { windows = [], freezes = [], halted = false, latency = DEFAULT_LATENCY } = safety
  const rate = (value: number) => (value > 0 ? `${value} packets/s` : 'no limit')
  return [
    `sweeps        ${rate(pace.sweepPacketsPerSecond)}`,
    `devices       ${rate(pace.devicePacketsPerSecond)}, ${rate(pace.packetsPerSecondPerDevice)} to one, ${pace.concurrentDevices} at a time`,
    `left alone    slower than ${latency.factor} x its usual, or silent: ${latency.restSeconds} s, then twice as long, ${latency.rests} times`,
    ...(windows.length === 0 ? ['window        at any time'] : []),
    ...windows.map(
      ({ days, from, to }) =>
        `window        ${days.map((day) => DAYS[day - 1]).join(',')} ${from}-${to} (${printable(timeZone)})`,
    ),
    ...freezes.map(
      ({ from, to, reason }, index) =>
        `freeze ${String(index + 1).padEnd(6)} ${from} to ${to}: ${printable(reason)}`,
    ),
    halted ? 'HALTED        nothing is scanned' : 'halted        no',
  ].join('\n')
}
