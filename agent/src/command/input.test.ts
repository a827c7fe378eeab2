/** Tests of what commands read beside their options: credentials, tokens; and of what they say when it fails. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OphavError } from '@ophav/shared/value'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { gatherCredentials } from './credential.ts'
import { reportFailure } from './fail.ts'
import { readToken } from './token.ts'

let directory = ''
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'ophav-input-'))))
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

const file = (text: string): string => {
  const path = join(directory, 'file')
  writeFileSync(path, text)
  return path
}

const messageOf = (work: () => unknown): string => {
  let said = ''
  try {
    work()
  } catch (error) {
    reportFailure(error, (text) => void (said += text))
  }
  return said
}

test('credentials come from the file first, then from option and environment', () => {
  const v3 = { version: '3' as const, user: 'u', authProtocol: 'sha256' as const, authKey: 'k' }
  expect(
    gatherCredentials({
      credentialsFile: file(JSON.stringify([v3])),
      communities: ['public'],
      environment: 'one, two,',
    }),
  ).toEqual([v3, ...['public', 'one', 'two'].map((community) => ({ version: '2c', community }))])
  expect(gatherCredentials({ communities: [] })).toEqual([])
})

test.each(['hemmelig-nok, no JSON', '[{"version": "2c", "community": "hemmelig-nok", "more": 1}]', '{}'])(
  'a credentials file that does not fit is refused without a word of it: %s',
  (text) => {
    const said = messageOf(() => gatherCredentials({ credentialsFile: file(text), communities: [] }))
    expect(said).toContain('command.invalid-option')
    expect(said).not.toContain('hemmelig')
  },
)

test('a token comes from its file or the environment, and a bad one is not repeated', async () => {
  expect(await readToken(file('a-token-that-is-long-enough\n'))).toBe('a-token-that-is-long-enough')
  vi.stubEnv('OPHAV_TOKEN', 'another-token-of-some-length')
  expect(await readToken(undefined)).toBe('another-token-of-some-length')
  await expect(readToken(file(''))).rejects.toMatchObject({ code: 'enrolment.token-missing' })
  const short = await readToken(file('kort')).catch((error: Error) => error.message)
  expect(short).toContain('enrolment.token-missing')
  expect(short).not.toContain('kort')
  await expect(readToken(join(directory, 'absent'))).rejects.toMatchObject({ code: 'command.invalid-option' })
})

test('a failure is one line with its code and what to do; a stack only when asked for', () => {
  const fail = (error: unknown) => {
    let said = ''
    return [reportFailure(error, (text) => void (said += text)), said] as const
  }
  const [code, said] = fail(new OphavError('state.in-use', { path: '/x\u001b[31m', holder: 7 }))
  expect(code).toBe(5)
  expect(said).toMatch(/^ophav-agent: .*--state.*\[state\.in-use\]\n$/)
  expect(said).not.toContain('\u001b')
  expect(fail(new Error('boom'))).toEqual([1, expect.stringMatching(/boom.*\[internal\.defect\]\n$/)])
  vi.stubEnv('OPHAV_DEBUG', '1')
  expect(fail(new Error('boom'))[1]).toContain('input.test.ts')
})
