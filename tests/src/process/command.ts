/** Starts the product's own commands as separate programs: from what was built, or from the sources in tests. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Program = 'agent' | 'collector'

/** Whether this file itself runs from the build: then so do the programs. */
const isBuilt = import.meta.url.endsWith('.js')

/** The arguments with which Node runs a program. */
export function programArguments(program: Program): string[] {
  const built = fileURLToPath(new URL(`../../../${program}/dist/command/main.js`, import.meta.url))
  if (isBuilt && existsSync(built)) return [built]
  const source = fileURLToPath(new URL(`../../../${program}/src/command/main.ts`, import.meta.url))
  return ['--conditions=source', '--import', import.meta.resolve('tsx'), source]
}

export interface RunOptions {
  /** What the program reads. */
  input?: string
  /** Ends the program after so long. */
  timeoutMs?: number
  signal?: AbortSignal
  environment?: Record<string, string>
  /** A program and arguments that stand before Node's own: `ip netns exec NAME`. */
  through?: readonly string[]
  onStderr?: (text: string) => void
}

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

/** Only what programs need: a developer's own settings do not reach them. */
export const environmentOf = (more: Record<string, string> = {}): Record<string, string> => {
  const kept = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot', 'LANG', 'NODE_EXTRA_CA_CERTS']
  return {
    ...Object.fromEntries(
      kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] ?? '']])),
    ),
    ...more,
  }
}

export function start(
  program: Program,
  parameters: readonly string[],
  options: RunOptions = {},
): ChildProcess {
  const [command = process.execPath, ...rest] = [
    ...(options.through ?? []),
    process.execPath,
    ...programArguments(program),
    ...parameters,
  ]
  return spawn(command, rest, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environmentOf(options.environment),
    windowsHide: true,
  })
}

/** Runs a command to its end. */
export function run(
  program: Program,
  parameters: readonly string[],
  options: RunOptions = {},
): Promise<Finished> {
  const child = start(program, parameters, options)
  const finished: Finished = { code: null, stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (finished.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    finished.stderr += text
    options.onStderr?.(text)
  })
  // A program that has ended reads no more.
  child.stdin?.on('error', () => {})
  child.stdin?.end(options.input ?? '')
  const stop = () => child.kill('SIGTERM')
  options.signal?.addEventListener('abort', stop)
  const timer =
    options.timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), options.timeoutMs)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', stop)
      resolve({ ...finished, code })
    })
  })
}

/** A command that refuses says why; that is the message of the error. */
export async function succeed(
  program: Program,
  parameters: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, parameters, options)
  if (code === 0) return stdout
  throw new Error(
    `ophav-${program} ${parameters.slice(0, 2).join(' ')} ended with ${code}: ${stderr.trim() || stdout.trim()}`,
  )
}
