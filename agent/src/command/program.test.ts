/** Tests of the command line itself: help that helps, and endings that scripts can tell apart. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EXIT } from './exit.ts'
import { runProgram } from './program.ts'

let state = ''
let said = ''
beforeEach(() => {
  said = ''
  state = mkdtempSync(join(tmpdir(), 'ophav-program-'))
  const hear = (text: string | Uint8Array) => {
    said += String(text)
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(hear)
  vi.spyOn(process.stderr, 'write').mockImplementation(hear)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(state, { recursive: true, force: true })
})

const run = (...words: string[]) => runProgram('1.2.3', ['node', 'ophav-agent', ...words])

test.each(['scan', 'run', 'enrol', 'status', 'identify', 'explain'])(
  '`%s --help` shows an example and the exit codes',
  async (command) => {
    expect(await run(command, '--help')).toBe(EXIT.done)
    expect(said).toMatch(/Examples?:\n +.*ophav-agent/)
    expect(said).toContain('Exit codes:')
  },
)

test('every exit code stands in the help', async () => {
  await run('--help')
  for (const code of Object.values(EXIT)) expect(said).toMatch(new RegExp(`^ +${code}  \\w`, 'm'))
})

test('a wrong command line ends with its own code and says what is wrong', async () => {
  expect(await run('scna')).toBe(EXIT.usage)
  expect(said).toContain('scna')
  expect(await run('scan', '--csv', '--json', '127.0.0.1')).toBe(EXIT.usage)
  expect(await run('run', '--spool-limit', '-1')).toBe(EXIT.usage)
  expect(await run('run', '--log-level', 'loud')).toBe(EXIT.usage)
})

test('a token in the arguments is refused, with the reason', async () => {
  const order = ['enrol', '--collector', 'http://127.0.0.1:9', '--state', state, '--token', 'x'.repeat(30)]
  await expect(run(...order)).rejects.toMatchObject({ code: 'command.secret-in-argument' })
})

test('the status of a fresh machine is not enrolled, and changes nothing there', async () => {
  expect(await run('status', '--state', join(state, 'absent'))).toBe(EXIT.refused)
  expect(said).toContain('enrolled         no')
  said = ''
  await run('status', '--json', '--state', join(state, 'absent'))
  expect(JSON.parse(said)).toMatchObject({ enrolled: false, running: false, spool: null, policy: null })
})
