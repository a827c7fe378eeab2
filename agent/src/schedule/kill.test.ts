/** An agent that is killed in the middle of a /16 goes on where it was: no piece is asked twice but the one it was in. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Coverage } from '@ophav/shared'
import { expect, test } from 'vitest'
import { readSent } from '../spool/sent.ts'
import { readBatch, testSealer } from '../spool/spool.testkit.ts'
import { Spool } from '../spool/spool.ts'

/** Of `chunkSize` at 20,000 packets a second. */
const CHUNK = 4_096
const ADDRESSES = 65_536
const ALIVE = ADDRESSES / 64
/** Some fall into the sweep, some into the questions to devices. */
const ROUNDS = 9

/** The first packet goes out once the scan's start is kept: a machine that is busy takes its time for that. */
const LOOK_MS = 10

const program = fileURLToPath(new URL('./kill.testkit.ts', import.meta.url))

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Runs the agent and kills it `lifetime` ms after its first packet; null lets it live. @returns what it said */
async function live([path, log]: [string, string], lifetime: number | null): Promise<string[]> {
  const before = sizeOf(log)
  const child = spawn(process.execPath, ['--conditions=source', '--import', 'tsx', program, path, log], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const watch = setInterval(() => {
    if (lifetime === null || sizeOf(log) === before) return
    clearInterval(watch)
    setTimeout(() => child.kill('SIGKILL'), lifetime)
  }, LOOK_MS)
  await ended
  clearInterval(watch)
  return text.split('\n').filter(Boolean)
}

test('a scan that is killed again and again ends as if nothing had happened', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-resume-'))
  try {
    const files: [string, string] = [join(directory, 'spool.sqlite'), join(directory, 'packets')]
    const [path, log] = files
    const said: string[][] = []
    for (let round = 0; round < ROUNDS; round++) said.push(await live(files, 100 + round * 130))
    said.push(await live(files, null))
    expect(said.at(-1)?.at(-1)).toBe('over')
    const resumed = said.filter((lines) => lines.includes('scan-resumed')).length
    expect(said.filter((lines) => lines.includes('scan-started'))).toHaveLength(1)
    expect(resumed).toBe(ROUNDS)

    const packets = new Map<string, number>()
    // A line that the kill cut off belongs to a packet all the same.
    for (const line of readFileSync(log, 'utf8').split('\n').filter(Boolean))
      packets.set(line, (packets.get(line) ?? 0) + 1)
    const sweep = [...packets].filter(([to]) => to.startsWith('161 '))
    const repeated = sweep.reduce((sum, [, count]) => sum + count - 1, 0)
    expect(sweep).toHaveLength(ADDRESSES)
    expect(repeated).toBeLessThanOrEqual(ROUNDS * CHUNK)
    const asked = [...packets].filter(([to]) => to.startsWith('162 '))
    expect(asked).toHaveLength(ALIVE)

    const sealer = testSealer()
    const spool = new Spool({ path, sealer })
    const entries = []
    for (let batch = spool.nextBatch(); batch; batch = spool.nextBatch()) {
      entries.push(...readBatch(batch, sealer).entries)
      spool.acknowledge(batch.sequence)
    }
    spool.close()
    const found = entries.flatMap((entry) => (entry.type === 'observation' ? [entry.probe] : []))
    expect(found.filter((probe) => probe === 'snmp-sweep')).toHaveLength(ALIVE)
    expect(found.filter((probe) => probe === 'snmp')).toHaveLength(ALIVE)
    const coverage = entries.filter((entry): entry is Coverage => entry.type === 'coverage')
    expect(coverage).toHaveLength(1)
    expect(coverage[0]).toMatchObject({
      complete: true,
      result: 'complete',
      resumed: ROUNDS,
      inScope: ADDRESSES,
      attempted: ADDRESSES,
      answered: ALIVE,
      silent: ADDRESSES - ALIVE,
      policyRevision: 7,
    })

    // The audit trail accounts for every packet: what was counted, and what a kill left uncounted, bounded.
    const trail = readSent(path, { limit: 100_000 })
    const total = [...packets.values()].reduce((sum, count) => sum + count, 0)
    const counted = trail.filter(({ endedAt }) => endedAt !== null)
    const bounded = trail.filter(({ endedAt }) => endedAt === null)
    const sum = (rows: typeof trail) => rows.reduce((packetCount, row) => packetCount + row.packets, 0)
    expect(bounded).toHaveLength(ROUNDS)
    expect(sum(counted)).toBeLessThanOrEqual(total)
    expect(sum(trail)).toBeGreaterThanOrEqual(total)
    expect(sum(counted)).toBe(coverage[0]?.packetsSent)
    process.stderr.write(`${ROUNDS} kills in a /16: ${repeated} of ${ADDRESSES} addresses asked twice\n`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}, 120_000)
