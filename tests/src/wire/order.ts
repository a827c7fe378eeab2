/** What a simulator is told, and how it is started in a namespace. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Values } from '../device/recording.ts'
import { environmentOf } from '../process/command.ts'
import type { Namespace } from './namespace.ts'

export interface SimulatorOrder {
  interfaceName: string
  devices?: { address: string; recording: string; values?: Partial<Values> }[]
  crowd?: { first: string; count: number; percent: number; recording: string }
  gateway?: string
  lossPerMyriad?: number
  countsDestinations?: boolean
  recordsTimes?: boolean
}

export interface SimulatorTally {
  frames: number
  arp: number
  destinations: Record<string, number>
  times: [at: number, destination: string][]
}

export interface RunningSimulator {
  /** Ends it. @returns what it has counted */
  stop: () => Promise<SimulatorTally>
}

const isBuilt = import.meta.url.endsWith('.js')

export async function startSimulator(namespace: Namespace, order: SimulatorOrder): Promise<RunningSimulator> {
  const built = fileURLToPath(new URL('./main.js', import.meta.url))
  const source = [
    '--conditions=source',
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(new URL('./main.ts', import.meta.url)),
  ]
  const node = isBuilt && existsSync(built) ? [built] : source
  const [command = '', ...rest] = [...namespace.through, process.execPath, ...node, JSON.stringify(order)]
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'], env: environmentOf() })
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', (line) => lines.push(line))
  const ended = once(child, 'close')
  await Promise.race([
    once(reader, 'line'),
    ended.then(([code]) => Promise.reject(new Error(`the simulator ended with ${code}`))),
  ])
  return {
    async stop() {
      child.stdin.end()
      await ended
      return JSON.parse(lines.at(-1) ?? '{}') as SimulatorTally
    },
  }
}
