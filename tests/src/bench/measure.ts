/** Runs programs in turn, several times, and gives the median of what each cost. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { environmentOf } from '../process/command.ts'

export interface Candidate {
  name: string
  /** With everything that stands before it. */
  command: readonly string[]
  /** Addresses in its output. */
  found: (stdout: string) => string[]
}

export interface Cost {
  name: string
  wallSeconds: number
  cpuSeconds: number
  rssMb: number
  runs: number
  /** Of what there is to find. */
  recall: number
}

const SAMPLE_MS = 10
const TICKS_PER_SECOND = 100
const TIMEOUT_MS = 60_000

/** The candidates alternate, so that a slow minute of the machine meets all of them. */
export async function measure(
  candidates: readonly Candidate[],
  alive: readonly string[],
  runs: number,
): Promise<Cost[]> {
  const wanted = new Set(alive)
  const costs = candidates.map(() => [] as Omit<Cost, 'runs'>[])
  for (let run = 0; run < runs; run++)
    for (const [index, candidate] of candidates.entries())
      costs[index]?.push(await runOnce(candidate, wanted))
  return costs.map((list) => ({
    name: list[0]?.name ?? '',
    runs,
    wallSeconds: median(list.map(({ wallSeconds }) => wallSeconds)),
    cpuSeconds: median(list.map(({ cpuSeconds }) => cpuSeconds)),
    rssMb: median(list.map(({ rssMb }) => rssMb)),
    recall: median(list.map(({ recall }) => recall)),
  }))
}

async function runOnce(
  { name, command: [program = '', ...rest], found }: Candidate,
  wanted: ReadonlySet<string>,
): Promise<Omit<Cost, 'runs'>> {
  const startedAt = performance.now()
  const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'ignore'], env: environmentOf() })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  let usage = { cpuSeconds: 0, rssMb: 0 }
  const sampler = setInterval(() => (usage = usageOf(child.pid ?? 0) ?? usage), SAMPLE_MS)
  const guard = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS)
  await once(child, 'close')
  clearInterval(sampler)
  clearTimeout(guard)
  const wallSeconds = (performance.now() - startedAt) / 1000
  const hits = new Set(found(stdout).filter((address) => wanted.has(address)))
  return { name, wallSeconds, ...usage, recall: hits.size / wanted.size }
}

/** proc(5): utime and stime in ticks, the high-water mark of the resident set. */
export function usageOf(pid: number): { cpuSeconds: number; rssMb: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (peak === undefined) return null
    return {
      cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
      rssMb: Number(peak) / 1024,
    }
  } catch {
    return null
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

export const addressesIn = (text: string): string[] => text.match(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g) ?? []
