/** For tests: Debian's snmpd on a loopback port, with a configuration of the test's own. */
import { spawn, spawnSync } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { communityQuestion, stamp } from './snmp-message/question.ts'

const PROGRAM = ['/usr/sbin/snmpd', '/usr/local/sbin/snmpd'].find((path) => existsSync(path))

/** Null where snmpd can be started; else why not, and says it. */
export function snmpdObstacle(): string | null {
  const reason = PROGRAM === undefined ? 'snmpd is not installed' : null
  if (reason) process.stderr.write(`skipped: ${reason}\n`)
  return reason
}

export interface Snmpd {
  port: number
  close(): Promise<void>
}

const START_TRIES = 100
const START_PAUSE_MS = 50

/** @param configuration lines of snmpd.conf(5); the community `public` reads everything */
export async function startSnmpd(configuration: readonly string[]): Promise<Snmpd> {
  const directory = mkdtempSync(join(tmpdir(), 'ophav-snmpd-'))
  const port = await freePort()
  const file = join(directory, 'snmpd.conf')
  writeFileSync(
    file,
    [`agentaddress udp:127.0.0.1:${port}`, 'rocommunity public', ...configuration, ''].join('\n'),
  )
  const environment = { PATH: process.env['PATH'], SNMP_PERSISTENT_DIR: directory, MIBS: '' }
  const daemon = spawn(PROGRAM ?? '', ['-f', '-Ln', '-C', '-c', file], { env: environment, stdio: 'ignore' })
  const ended = once(daemon, 'exit')
  const close = async () => {
    daemon.kill('SIGKILL')
    await ended
    rmSync(directory, { recursive: true, force: true })
  }
  for (let attempt = 0; attempt < START_TRIES; attempt++) {
    if (await answers(port)) return { port, close }
    if (daemon.exitCode !== null) break
  }
  await close()
  throw new Error(
    `snmpd did not start: ${spawnSync(PROGRAM ?? '', ['-v'])
      .stdout.toString()
      .trim()}`,
  )
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address() as AddressInfo
  socket.close()
  return port
}

async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  const answered = once(socket, 'message').then(() => true)
  socket.send(stamp(communityQuestion('2c', 'public', ['1.3.6.1.2.1.1.1.0']), 0x4000_0001), port, '127.0.0.1')
  const result = await Promise.race([answered, sleep(START_PAUSE_MS, false)])
  socket.close()
  return result
}
