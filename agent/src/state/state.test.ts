/** Tests of the state directory: where it is, who holds it, what a crash leaves. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { errorCode } from '@ophav/shared'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultStateDirectory, openStateDirectory } from './directory.ts'
import { readIfPresent, writeDurably } from './durable-file.ts'
import { lockState, stateHolder } from './lock.ts'

let directory = ''
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ophav-state-'))))
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const codeOf = (work: () => unknown) => {
  try {
    work()
    return null
  } catch (error) {
    return errorCode(error)
  }
}

test('the default follows XDG, the service directory of root, and the user', () => {
  const around = { platform: 'linux' as const, env: {}, isRoot: false, home: '/home/a' }
  expect(defaultStateDirectory(around)).toBe('/home/a/.local/state/ophav-agent')
  expect(defaultStateDirectory({ ...around, isRoot: true })).toBe('/var/lib/ophav-agent')
  const xdg = { ...around, isRoot: true, env: { XDG_STATE_HOME: '/x' } }
  expect(defaultStateDirectory(xdg)).toBe('/x/ophav-agent')
  expect(defaultStateDirectory({ ...around, env: { XDG_STATE_HOME: 'relative' } })).toContain('/home/a')
})

test('the state directory is readable by its owner alone', () => {
  const { directory: made } = openStateDirectory(join(directory, 'new'))
  expect(statSync(made).mode & 0o777).toBe(0o700)
  expect(codeOf(() => openStateDirectory('/dev/null/state'))).toBe('state.unwritable')
})

test('two agents cannot share a directory, and the second learns who holds it', () => {
  const path = join(directory, 'lock.sqlite')
  const lock = lockState(path)
  expect(codeOf(() => lockState(path))).toBe('state.in-use')
  expect(stateHolder(path)).toEqual({ held: true, pid: process.pid })
  lock.release()
  expect(stateHolder(path).held).toBe(false)
  lockState(path).release()
})

test('a killed agent leaves no lock behind', async () => {
  const path = join(directory, 'lock.sqlite')
  const module = new URL('./lock.ts', import.meta.url).href
  const child = spawn(
    process.execPath,
    [
      '--conditions=source',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `const { lockState } = await import(${JSON.stringify(module)})
       lockState(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000)`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await new Promise((resolve) => child.stdout.once('data', resolve))
  expect(stateHolder(path)).toEqual({ held: true, pid: child.pid })
  child.kill('SIGKILL')
  await new Promise((resolve) => child.once('exit', resolve))
  expect(stateHolder(path).held).toBe(false)
  lockState(path).release()
})

test('a file is replaced whole, is private, and leaves no draft', () => {
  const path = join(directory, 'policy.json')
  expect(readIfPresent(path)).toBeNull()
  writeDurably(path, 'first')
  writeDurably(path, 'second')
  expect(readFileSync(path, 'utf8')).toBe('second')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(directory)).toEqual(['policy.json'])
  expect(codeOf(() => writeDurably(join(directory, 'absent', 'x'), ''))).toBe('state.unwritable')
})
