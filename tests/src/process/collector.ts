/** A collector that really serves, as a program of its own. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { start, succeed, type RunOptions } from './command.ts'

export interface RunningCollector {
  url: string
  data: string
  pid: number
  /** A command on the same data directory. @throws Error with what the command said */
  command: (parameters: readonly string[], options?: RunOptions) => Promise<string>
  /** Ends it in order. */
  stop: () => Promise<void>
  /** Ends it as a power cut does. */
  kill: () => Promise<void>
  /** Resolves when the program has ended. */
  ended: Promise<void>
}

const START_TIMEOUT_MS = 30_000

/** @throws Error with what the program said when it does not get ready */
export async function startCollector(
  data: string,
  { listen = '127.0.0.1:0', ...options }: RunOptions & { listen?: string } = {},
): Promise<RunningCollector> {
  const child = start(
    'collector',
    ['serve', '--data', data, '--listen', listen, '--log-level', 'warn'],
    options,
  )
  child.stdin?.end()
  let errors = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4_000)))
  const ended = once(child, 'close').then(() => {})
  const url = await ready(child, () => errors)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await ended
  }
  return {
    url,
    data,
    pid: child.pid ?? 0,
    command: (parameters, more = {}) =>
      succeed('collector', [...parameters, '--data', data], { timeoutMs: 120_000, ...more }),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    ended,
  }
}

async function ready(child: ChildProcess, errors: () => string): Promise<string> {
  if (!child.stdout) throw new Error('the collector has no output')
  const lines = createInterface({ input: child.stdout })
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the collector did not get ready: ${errors()}`)),
      START_TIMEOUT_MS,
    )
    child.once('close', (code) => {
      clearTimeout(timer)
      reject(new Error(`the collector ended with ${code}: ${errors().trim()}`))
    })
    lines.on('line', (line) => {
      const message = parsed(line)
      if (message?.ready !== true || typeof message.url !== 'string') return
      clearTimeout(timer)
      resolve(message.url)
    })
  })
}

function parsed(line: string): { ready?: unknown; url?: unknown } | null {
  try {
    return JSON.parse(line) as { ready?: unknown; url?: unknown }
  } catch {
    return null
  }
}
