/** What every command shares: the data directory, the opened store, exit codes and how failures are told. */
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { errorCode, printable } from '@ophav/shared'
import { openStore, storeError, type Db } from '../store/open.ts'

/** The program's own version; agents and pages show it. */
export const VERSION = '0.1.0'

/** 0 done, 1 refused with a code, 2 wrong usage, 70 a defect (sysexits EX_SOFTWARE). */
export const EXIT = { refused: 1, usage: 2, defect: 70 } as const

const defaultData = (): string => process.env['OPHAV_DATA'] ?? join('var', 'collector')

export const withData = (command: Command): Command =>
  command.option('--data <dir>', 'data directory (or OPHAV_DATA)', defaultData())

/** Opens the store for the length of one command. */
export async function withStore<T>(dataDirectory: string, work: (db: Db) => Promise<T>): Promise<T> {
  const db = await openStore(dataDirectory)
  try {
    return await work(db)
  } finally {
    await db.destroy()
  }
}

export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Ends a failed command: a coded error in one line, a defect with its stack. */
export function fail(thrown: unknown): never {
  const error = storeError(thrown)
  if (errorCode(error) !== null) {
    process.stderr.write(`${printable((error as Error).message, 1000)}\n`)
    process.exit(EXIT.refused)
  }
  const system = error as NodeJS.ErrnoException
  if (typeof system.code === 'string' && system.syscall !== undefined) {
    process.stderr.write(`${printable(system.message, 1000)}\n`)
    process.exit(EXIT.refused)
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exit(EXIT.defect)
}

/** "90s", "15m", "24h", "7d" in seconds. */
export function parseSeconds(text: string): number {
  const match = /^(\d{1,6})\s*([smhd])$/.exec(text.trim())
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match?.[2] ?? '']
  if (!match || unit === undefined)
    throw new InvalidArgumentError('Write a length of time as 90s, 15m, 24h or 7d.')
  return Number(match[1]) * unit
}

/** Lets an option be given several times. */
export const collect = (value: string, earlier: string[]): string[] => [...earlier, value]
