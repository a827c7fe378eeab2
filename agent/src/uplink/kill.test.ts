/** An agent that is killed at any moment loses nothing and repeats nothing, whatever the network does meanwhile. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKeyPair, writePrivateKey, writePublicKey } from '@ophav/shared'
import { expect, test } from 'vitest'
import { AGENT } from '../spool/spool.testkit.ts'
import { TestCollector, type Misbehaviour } from './collector.testkit.ts'

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 20)

const program = fileURLToPath(new URL('./kill.testkit.ts', import.meta.url))
const NODE = ['--conditions=source', '--import', 'tsx', program]

/** Starts the agent, kills it `lifetime` ms after it is ready. @returns the words that it said were on disk. */
async function liveAndDie(args: string[], lifetime: number): Promise<string[]> {
  const child = spawn(process.execPath, [...NODE, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdout.on('data', (chunk: Buffer) => {
    if (text === '') setTimeout(() => child.kill('SIGKILL'), lifetime)
    text += chunk.toString()
  })
  await ended
  // A line that the kill cut off does not count as said.
  const lines = text.split('\n').slice(1, -1)
  return lines.flatMap((line) => line.split(' '))
}

test(`after ${ROUNDS} kills, everything that was on disk arrives once and in order`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-kill-'))
  const collector = new TestCollector()
  const keys = createKeyPair()
  collector.agent = AGENT
  collector.agentKey = writePublicKey(keys.publicKey)
  const keyFile = join(directory, 'agent.key')
  writeFileSync(keyFile, writePrivateKey(keys.privateKey))
  const args = [join(directory, 'spool.sqlite'), await collector.listen(), keyFile]
  const troubles: Misbehaviour[] = ['cut', 'lose-reply', 'bad-gateway', 'lose-reply', 'hang']
  try {
    const said: string[] = []
    for (let round = 0; round < ROUNDS; round++) {
      collector.misbehaviours = troubles.slice(round % troubles.length, (round % troubles.length) + 2)
      said.push(...(await liveAndDie([...args, `${round}`], 20 + ((round * 137) % 400))))
    }
    collector.misbehaviours = []
    const drain = spawn(process.execPath, [...NODE, ...args, 'last', 'drain'], { stdio: 'inherit' })
    expect(await new Promise((resolve) => drain.once('close', resolve))).toBe(0)

    const arrived = collector.entries.map((entry) =>
      entry.type === 'observation' ? String(entry.evidence[0]?.value) : entry.type,
    )
    expect(new Set(arrived).size).toBe(arrived.length)
    // What was on disk but not yet said when the kill came may have arrived as well.
    const heard = new Set(said)
    expect(arrived.filter((word) => heard.has(word))).toEqual(said)
    const unsaid = arrived.filter((word) => !heard.has(word))
    expect(unsaid.length).toBeLessThanOrEqual(7 * ROUNDS)
    expect(said.length).toBeGreaterThan(7 * ROUNDS)
    process.stderr.write(
      `${ROUNDS} kills: ${arrived.length} sightings, ${collector.lastSequence} batches, ${collector.requests.length} requests\n`,
    )
  } finally {
    await collector.close()
    rmSync(directory, { recursive: true, force: true })
  }
}, 240_000)
